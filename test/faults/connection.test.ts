import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import { createRecordingLog } from "../support/recording-log.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";
import { startProcess } from "../support/started-process.js";
import { waitFor } from "../support/wait-for.js";

const HEARTBEAT_MS = 200;
/** discord.js asks four times before it gives a request up. */
const ATTEMPTS = 4;

describe("the connection to a Discord that is unwell", () => {
  let running: RunningBot | undefined;
  let recording = createRecordingLog();
  afterEach(async () => {
    await running?.close();
    running = undefined;
  });

  const start = async (beforeStart: (discord: LoopbackDiscord) => void = () => undefined) => {
    recording = createRecordingLog();
    running = await startRunningBot({ log: recording.log, beforeStart });
    return running.discord;
  };
  const states = () =>
    recording.events
      .filter(({ event }) => event === "discord.connection")
      .map(({ state }) => state);
  const until = (state: string) =>
    waitFor(() => states().includes(state) || undefined, `“${state}”, not ${states()}`);
  const strays = () =>
    recording.events.filter(({ level, event }) => level >= 50 || event === "discord.unguarded");

  async function answers(discord: LoopbackDiscord): Promise<void> {
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    const message = discord.say(member, channel, "!plain Hello?", { mentionBot: true });
    expect(await discord.answersTo(message)).toHaveLength(1);
    expect(strays()).toEqual([]);
  }

  it.each([200, 403, 429, 500, 503])(
    "is waited for at the start if the gateway answers %i, with a line each way",
    async (status) => {
      const discord = await start((unwell) => {
        unwell.gateway.refusesWith = status;
        const { refused } = unwell.gateway;
        void waitFor(() => unwell.gateway.refused > refused + 2 || undefined, "refusals").then(
          () => {
            unwell.gateway.refusesWith = undefined;
          },
        );
      });
      expect(states()).toEqual(["failed", "back"]);
      await answers(discord);
    },
  );

  it("is waited for at the start if Discord does not say where the gateway is", async () => {
    const discord = await start(({ rest }) => rest.fail("GET", /^gateway\/bot$/, 503, ATTEMPTS));
    expect(states()).toEqual(["failed", "back"]);
    await answers(discord);
  });

  it("is waited for at the start as long as Discord's limit says", async () => {
    const discord = await start(({ rest }) => rest.faults.limit("GET", /^gateway\/bot$/, 1));
    expect(states()).toEqual(["limited", "back"]);
    expect(recording.events.find(({ state }) => state === "limited")).toMatchObject({ seconds: 1 });
    await answers(discord);
  });

  it("is waited for at the start if there were too many sessions today", async () => {
    const discord = await start(({ rest }) => {
      const usedUp = { total: 1000, remaining: 0, reset_after: 300, max_concurrency: 1 };
      const change = (answer: unknown) => ({ ...(answer as object), session_start_limit: usedUp });
      rest.faults.alter("GET", /^gateway\/bot$/, change);
    });
    expect(states()).toEqual(["limited", "back"]);
    await answers(discord);
  });

  it("is logged when it breaks and when it is back", async () => {
    const discord = await start();
    expect(states()).toEqual([]);
    discord.gateway.dropConnections();
    await until("back");
    expect(states()).toEqual(["lost", "back"]);
    await answers(discord);
  });

  it.each([429, 503])("is logged once if it can't be renewed for a while (%i)", async (status) => {
    const discord = await start();
    const { gateway } = discord;
    gateway.refusesWith = status;
    gateway.dropConnections();
    await waitFor(() => gateway.refused > 2 || undefined, "refusals");
    gateway.refusesWith = undefined;
    await until("back");
    expect(states()).toEqual(["lost", "failed", "back"]);
    await answers(discord);
  });

  it("is logged when it freezes", async () => {
    const discord = await start((unwell) => {
      unwell.gateway.heartbeatIntervalMs = HEARTBEAT_MS;
    });
    discord.gateway.acknowledgesHeartbeats = false;
    await until("lost");
    discord.gateway.acknowledgesHeartbeats = true;
    await until("back");
    expect(states().slice(0, 2)).toEqual(["lost", "back"]);
    await answers(discord);
  });

  it("a session that is invalid for good is no failure", async () => {
    const discord = await start();
    discord.gateway.forgetSessions();
    discord.gateway.dropConnections();
    await until("back");
    expect(states()).toEqual(["lost", "back"]);
    await answers(discord);
  });

  it("no timer of an earlier connection beats while the next one is being made", async () => {
    const discord = await start((unwell) => {
      unwell.gateway.heartbeatIntervalMs = 700;
    });
    const { gateway } = discord;
    const thrown: unknown[] = [];
    const hear = (reason: unknown) => thrown.push(reason);
    process.on("unhandledRejection", hear);
    // Every first heartbeat comes after 70 ms.
    const early = vi.spyOn(Math, "random").mockReturnValue(0.1);
    const resumed = (times: number) => async () => gateway.resumed >= times || undefined;
    const beats = async (count: number) => {
      const before = gateway.heartbeats;
      await waitFor(() => gateway.heartbeats >= before + count || undefined, "heartbeats");
    };
    try {
      // A heartbeat that is asked for and not acknowledged makes the library forget the timer that follows.
      gateway.asksForHeartbeats = true;
      gateway.acknowledgesHeartbeats = false;
      gateway.upgradeMs = 600;
      gateway.dropConnections();
      const before = gateway.heartbeats;
      await waitFor(resumed(1), "the first connection");
      await waitFor(() => gateway.heartbeats > before || undefined, "the heartbeat asked for");
      gateway.asksForHeartbeats = false;
      gateway.acknowledgesHeartbeats = true;
      await waitFor(resumed(2), "the second connection");
      await beats(3);
      gateway.dropConnections();
      await waitFor(resumed(3), "the third connection");
    } finally {
      process.off("unhandledRejection", hear);
      early.mockRestore();
    }
    expect(thrown).toEqual([]);
    await answers(discord);
  });

  it("does not come back once the bot has ended", async () => {
    const discord = await start();
    const { gateway } = discord;
    gateway.refusesWith = 503;
    gateway.dropConnections();
    await waitFor(() => gateway.refused > 1 || undefined, "refusals");
    // A refusal that is on its way when the bot ends finds nobody who listens in the library.
    gateway.upgradeMs = 300;
    const { asked, refused } = gateway;
    await waitFor(() => gateway.asked > asked || undefined, "another try");
    await running!.bot.stop();
    await waitFor(() => gateway.refused > refused || undefined, "its refusal");
    gateway.refusesWith = undefined;
    const next = await startRunningBot();
    await next.close();
    expect(gateway.connections).toBe(0);
  });
});

describe("the program", () => {
  it.each([
    ["refuses the token when it is asked", (discord: LoopbackDiscord) => `${discord.token}-old`],
    ["closes the connection for good", (discord: LoopbackDiscord) => discord.token],
  ])("ends with a clear sentence where Discord %s", async (how, tokenOf) => {
    const discord = await startLoopbackDiscord();
    const folder = mkdtempSync(join(tmpdir(), "attune-"));
    if (how.startsWith("closes")) discord.gateway.acceptsTokens = false;
    const program = startProcess(folder, {
      DISCORD_TOKEN: tokenOf(discord),
      DISCORD_API_URL: discord.apiUrl,
    });
    try {
      expect(await program.ended).toBe(1);
      expect(program.output()).toMatch(/refuses the token.*DISCORD_TOKEN/);
      expect(program.output()).not.toMatch(/discordstatus/);
    } finally {
      program.kill("SIGKILL");
      await discord.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
