import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "./support/loopback-discord/loopback-discord.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "./support/loopback-openai.js";
import { isBallot } from "./support/running-bot.js";
import { type StartedProcess, startProcess } from "./support/started-process.js";
import { waitFor } from "./support/wait-for.js";

describe("the program", () => {
  let folder: string;
  let discord: LoopbackDiscord;
  let openai: LoopbackOpenAI;
  let program: StartedProcess | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    discord = await startLoopbackDiscord();
    openai = await startLoopbackOpenAI();
  });
  afterEach(async () => {
    program?.kill("SIGKILL");
    await program?.ended;
    await Promise.all([discord.close(), openai.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it("is a bot where a token is set, ends in good order, and knows after a restart what it knew", async () => {
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    await startBot();
    const hello = discord.say(member, channel, "Hello?", { mentionBot: true });
    const [, consent] = await discord.answersTo(hello, 2);
    discord.press(member, channel, consent!, "Yes, learn what I like");
    await waitFor(() => !/May I learn/.test(consent!.content) || undefined, "the consent");
    const message = discord.say(member, channel, "How do I feed a hedgehog?", { mentionBot: true });
    const [ballot] = await discord.answersTo(message);
    discord.react(member, ballot!, "🅰️");
    await waitFor(() => !isBallot(ballot!) || undefined, "the vote");
    program!.kill("SIGTERM");
    expect(await program!.ended).toBe(0);

    await startBot();
    const profile = await discord.command(member, channel, "profile", "view");
    expect(profile.content).toMatch(/After 1 vote /);
  });

  it("tells at its start that the language model's server refuses the key, and starts all the same", async () => {
    openai.fail({ kind: "status", status: 401 });
    await startBot({ OPENAI_API_KEY: "secret-key" });
    await waitFor(() => program!.output().includes("language-model.unwell") || undefined, "it");
    expect(program!.output()).toMatch(/OPENAI_API_KEY/);
    expect(program!.output()).not.toContain("secret-key");
    const member = discord.world.addUser("member");
    const { channel } = discord.createGuild("lounge");
    await discord.answersTo(discord.say(member, channel, "Hello?", { mentionBot: true }));
  });

  it("logs one event a line, and never what a member wrote, nor a secret", async () => {
    const { channel } = discord.createGuild("lounge");
    await startBot({ LOG_LEVEL: "trace", OPENAI_API_KEY: "secret-key" });
    openai.fail({ kind: "status", status: 400 }, 10);
    const member = discord.world.addUser("member");
    const failing = discord.say(member, channel, "hedgehog", { mentionBot: true });
    await discord.answersTo(failing);
    openai.recover();
    await discord.answersTo(discord.say(member, channel, "hedgehog", { mentionBot: true }));
    await waitFor(() => program!.output().includes("reply.sent") || undefined, "the log");
    const events = program!
      .output()
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events).toEqual(expect.arrayContaining(["bot.ready", "reply.failed", "reply.sent"]));
    for (const secret of ["hedgehog", discord.token, "secret-key"]) {
      expect(program!.output()).not.toContain(secret);
    }
  });

  it("prints every problem of the configuration and ends with 1", async () => {
    program = startProcess(folder, { CANDIDATES: "1", LOG_LEVEL: "loud" });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/CANDIDATES should be .*\n.*LOG_LEVEL should be /);
  });

  it("says what to check where the token is wrong, and ends with 1", async () => {
    program = startProcess(folder, { DISCORD_TOKEN: "wrong", DISCORD_API_URL: discord.apiUrl });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/check DISCORD_TOKEN/);
  });

  async function startBot(environment: NodeJS.ProcessEnv = {}): Promise<void> {
    const started = startProcess(folder, {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      OPENAI_BASE_URL: openai.baseUrl,
      ...environment,
    });
    program = started;
    await waitFor(() => started.output().includes("bot.ready") || undefined, "the bot");
  }
});
