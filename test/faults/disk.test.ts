import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { consentKey } from "../../src/store/keys.js";
import { openStore } from "../../src/store/store.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../support/loopback-openai.js";
import { isBallot } from "../support/running-bot.js";
import { type StartedProcess, startProcess } from "../support/started-process.js";
import { fillDisk, limitFiles, type StopWriting } from "../support/unwritable-disks.js";
import { waitFor } from "../support/wait-for.js";

const TMPFS_BYTES = 2 * 1024 * 1024;

describe("a bot whose disk", () => {
  let folder: string;
  let mounted = false;
  let discord: LoopbackDiscord;
  let openai: LoopbackOpenAI;
  let program: StartedProcess;
  let channel: Channel;
  let members: User[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    discord = await startLoopbackDiscord();
    openai = await startLoopbackOpenAI();
    ({ channel } = discord.createGuild("lounge"));
    members = ["one", "two", "three", "four"].map((name) => discord.world.addUser(name));
  });
  afterEach(async () => {
    program.kill("SIGKILL");
    await program.ended;
    await Promise.all([discord.close(), openai.close()]);
    if (mounted) spawnSync("umount", ["--lazy", join(folder, "data")]);
    mounted = false;
    rmSync(folder, { recursive: true, force: true });
  });

  it("is full says so once, answers, tells who taps, and counts everything when there is room again", async ({
    skip,
  }) => {
    const data = join(folder, "data");
    mkdirSync(data);
    const size = `size=${TMPFS_BYTES}`;
    mounted = spawnSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", data]).status === 0;
    if (!mounted) skip("only root may mount a small disk");
    await livesThrough(fillDisk, data);
  });

  it("refuses to be written does the same", async ({ skip }) => {
    if (spawnSync("prlimit", ["--version"]).status !== 0) skip("there is no prlimit here");
    mkdirSync(join(folder, "data"));
    await livesThrough(limitFiles, join(folder, "data"));
  });

  it("can't be written from the start says what to check, and ends", async () => {
    writeFileSync(join(folder, "data"), "a file where the folder should be");
    program = start();
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/Could not open the store .*: check STORE_URL/);
  });

  async function livesThrough(stopWriting: StopWriting, data: string): Promise<void> {
    await agree(data);
    program = start();
    await waitFor(() => program.output().includes("bot.ready") || undefined, "the bot");
    // A member has one open question at a time.
    const [tapper, reacter, asker, last] = members as [User, User, User, User];
    const [tapped, reacted] = [await answerTo(tapper), await answerTo(reacter)];
    expect(isBallot(tapped) && isBallot(reacted)).toBe(true);
    // Discord shows a ballot before the store has it; reactions come under one that is stored.
    const offered = () => [tapped, reacted].every(({ reactions }) => reactions.size === 4);
    await waitFor(() => offered() || undefined, "the reactions");
    const letWrite = await stopWriting(data, program.pid);

    const taps = [1, 2].map(() => discord.press(tapper, channel, tapped, "A"));
    for (const tap of taps) {
      expect((await discord.answered(tap)).content).toMatch(/was not saved/);
    }
    discord.react(reacter, reacted, "🅱️");
    for (let question = 0; question < 3; question++) {
      const [answer, ...more] = await discord.answersTo(ask(asker));
      expect(isBallot(answer!)).toBe(false);
      expect(answer!.content).not.toMatch(/went wrong/);
      expect(more).toEqual([]);
    }
    expect(isBallot(tapped) && isBallot(reacted)).toBe(true);
    await letWrite();

    await waitFor(() => !isBallot(reacted) || undefined, "the reaction");
    const again = discord.press(tapper, channel, tapped, "A");
    expect((await discord.answered(again)).content).toMatch(/your vote is stored/);
    expect(isBallot(await answerTo(last))).toBe(true);
    const errors = eventsOf(program).filter(({ level }) => level >= 50);
    expect(errors.map(({ event }) => event)).toEqual(["store.unavailable"]);
    expect(eventsOf(program).map(({ event }) => event)).toContain("store.available");
  }

  async function agree(data: string): Promise<void> {
    const store = await openStore(`sqlite://${join(data, "attune.sqlite")}`, () => undefined);
    for (const { id } of members) {
      const key = consentKey({ guildId: channel.guildId!, memberId: id });
      await store.consents.set(key, { state: "granted", pooled: true, wording: 2, at: Date.now() });
    }
    await store.close();
  }

  function start(): StartedProcess {
    return startProcess(folder, {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      OPENAI_BASE_URL: openai.baseUrl,
      QUESTIONS_PER_DAY: "1000",
      QUESTION_GAP: "0",
      COMPUTE_THREADS: "1",
    });
  }

  let asked = 0;
  function ask(member: User): StoredMessage {
    return discord.say(member, channel, `How do I feed hedgehog ${++asked}?`, { mentionBot: true });
  }

  async function answerTo(member: User): Promise<StoredMessage> {
    return (await discord.answersTo(ask(member)))[0]!;
  }
});

function eventsOf(program: StartedProcess): { level: number; event: string }[] {
  return program
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { level: number; event: string });
}
