import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HANDLERS } from "../../commands/all.js";
import { startBot } from "../../src/discord/gateway/bot.js";
import { speakerOf } from "../../src/language/say.js";
import { startLoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import { messageEvent } from "../support/loopback-discord/routes.js";
import type { StoredMessage } from "../support/loopback-discord/world.js";
import { createRecordingLog } from "../support/recording-log.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";
import { startProcess } from "../support/started-process.js";
import { waitFor } from "../support/wait-for.js";

/** Type and payload of events that discord.js 14 throws at. */
const BROKEN: readonly (readonly [type: string, payload: unknown])[] = [
  ["MESSAGE_CREATE", null],
  ["MESSAGE_CREATE", { id: "1", channel_id: "2" }],
  ["MESSAGE_REACTION_ADD", {}],
  ["MESSAGE_REACTION_ADD", { user_id: "1", message_id: [[]], channel_id: null, emoji: null }],
  ["INTERACTION_CREATE", { type: 2, data: null }],
  ["GUILD_CREATE", { id: null, members: 5 }],
  ["USER_UPDATE", null],
  ["error", { message: "thrown where nobody listens" }],
  ["__proto__", {}],
  ["constructor", null],
];

describe("events that discord.js can't take", () => {
  let running: RunningBot;
  beforeAll(async () => {
    running = await startRunningBot();
  });
  afterAll(() => running.close());

  it("are logged by their type, and the bot goes on", async () => {
    const { discord, test } = running;
    const { log, events } = createRecordingLog();
    await running.bot.stop();
    discord.gateway.forgetSessions();
    const { token, apiUrl } = discord;
    running.bot = await startBot({
      token,
      apiUrl,
      services: test.services,
      handlers: HANDLERS,
      log,
    });
    for (const [type, payload] of BROKEN) discord.gateway.dispatch(type, payload);
    const { channel } = discord.createGuild("garden");
    const message = discord.say(discord.world.addUser("member"), channel, "!plain Still there?", {
      mentionBot: true,
    });
    expect(await discord.answersTo(message)).toHaveLength(1);
    const bad = events.filter(({ event }) => event === "discord.bad-event");
    expect(bad.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["MESSAGE_CREATE", "USER_UPDATE", "unknown"]),
    );
  });

  it("may have a null for their words: the member is shown how to ask", async () => {
    const { discord } = running;
    const { channel } = discord.createGuild("garden");
    const member = discord.world.addUser("member");
    const sent = {
      channelId: channel.id,
      author: member,
      content: "",
      mentions: [discord.world.bot],
    };
    for (const content of [null, undefined, 5]) {
      const message = discord.world.addMessage(sent);
      discord.gateway.dispatch("MESSAGE_CREATE", {
        ...messageEvent(message, discord.world),
        content,
      });
      expect((await discord.answersTo(message))[0]!.content).toMatch(/^Hi!/);
    }
  });

  it("leave no work that never ends, if deleted messages have no id", async () => {
    const { discord } = running;
    for (const id of [[[]], [], null, {}]) {
      discord.gateway.dispatch("MESSAGE_DELETE", { id, channel_id: "1" });
      discord.gateway.dispatch("MESSAGE_DELETE_BULK", { ids: [id, "1"], channel_id: "1" });
    }
    discord.gateway.dispatch("MESSAGE_DELETE_BULK", { ids: "no list", channel_id: "1" });
    await discord.gateway.settled();
    await running.bot.idle();
    expect(discord.gateway.connections).toBe(1);
  });
});

describe("the program", () => {
  it("lives on after a session that begins with nonsense, and writes no token", async () => {
    const token = ["MTIzNDU2Nzg5MDEyMzQ1Njc4", "GhIjKl", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6"].join(
      ".",
    );
    const discord = await startLoopbackDiscord({ token });
    const folder = mkdtempSync(join(tmpdir(), "attune-"));
    const program = startProcess(folder, { DISCORD_TOKEN: token, DISCORD_API_URL: discord.apiUrl });
    try {
      await waitFor(() => /bot\.ready/.test(program.output()) || undefined, "the start");
      // discord.js reads fields of this one where nobody waits for the outcome.
      discord.gateway.dispatch("READY", null);
      await waitFor(() => /unhandled-rejection/.test(program.output()) || undefined, "the log");
      const { channel } = discord.createGuild("garden");
      const message = discord.say(
        discord.world.addUser("member"),
        channel,
        "Why is the sky blue?",
        {
          mentionBot: true,
        },
      );
      const asksConsent = ({ content }: StoredMessage) =>
        content === speakerOf("en")("consent.question");
      const [answer, question, ...others] = await discord.answersTo(message, 2);
      expect([answer!, question!].map(asksConsent)).toEqual([false, true]);
      expect(others).toEqual([]);
      expect(program.output()).not.toContain(token);
    } finally {
      program.kill("SIGTERM");
      await program.ended;
      await discord.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("writes no secret if it can't start", async () => {
    const folder = mkdtempSync(join(tmpdir(), "attune-"));
    const program = startProcess(folder, {
      DISCORD_TOKEN: "a-token-of-no-known-shape",
      DISCORD_API_URL: "http://attune:hunter22@127.0.0.1:9/api",
      OPENAI_API_KEY: "not a key",
    });
    const configured = startProcess(folder, {
      DISCORD_TOKEN: "a-token-of-no-known-shape",
      DISCORD_API_URL: "http://attune:hunter22@127.0.0.1:9/api",
    });
    expect(await program.ended).toBe(1);
    expect(await configured.ended).toBe(1);
    expect(configured.output()).toMatch(/Could not log in/);
    expect(program.output() + configured.output()).not.toMatch(/no-known-shape|hunter22|not a key/);
    rmSync(folder, { recursive: true, force: true });
  });
});
