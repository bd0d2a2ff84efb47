/** What a process that has lost its shards still owes to those who wait. */
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HANDLERS } from "../../commands/all.js";
import { startBot } from "../../src/discord/gateway/bot.js";
import { speakerOf } from "../../src/language/say.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";
import { silentLog } from "../support/silent-log.js";
import { waitFor } from "../support/wait-for.js";

const RESTARTING = speakerOf("en")("messages.restarting");

describe("a process that has lost its shards", () => {
  let database: TemporaryPostgres;
  let running: RunningBot;
  let blocker: pg.Client | undefined;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    running = await startRunningBot({
      environment: { STORE_URL: database.url },
      stopTimes: { finishMs: 50, tellMs: 50, leaveMs: 1_000 },
    });
  });
  afterEach(async () => {
    await blocker?.end();
    await running.close();
    await database.remove();
  });

  it("keeps nothing of its connection to Discord, however often that happens", async () => {
    const { health } = running.test.services.store;
    const listening = new Set<unknown>();
    const { listen } = health;
    health.listen = (listener) => {
      listening.add(listener);
      const end = listen.call(health, listener);
      return () => {
        end();
        listening.delete(listener);
      };
    };
    await running.bot.stop();
    const { discord, test } = running;
    const { token, apiUrl } = discord;
    const { services } = test;
    running.bot = await startBot({ token, apiUrl, services, handlers: HANDLERS, log: silentLog });
    expect(listening.size).toBe(1);
    await running.bot.leave();
    expect(listening.size).toBe(0);
  });

  it("tells those who wait also when the database makes it wait for longer than the leaving takes", async () => {
    const { discord, openai } = running;
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    openai.fail({ kind: "delay", ms: 600_000 });
    const message = discord.say(member, channel, "Are you there?", { mentionBot: true });
    await waitFor(() => openai.requests.length > 0 || undefined, "the language model to be asked");
    blocker = new pg.Client(database.url);
    await blocker.connect();
    await blocker.query("BEGIN; LOCK TABLE attune IN ACCESS EXCLUSIVE MODE");
    await running.bot.leave();
    await blocker.query("COMMIT");
    const answers = await discord.answersTo(message);
    expect(answers.map(({ content }) => content)).toEqual([RESTARTING]);
  });
});
