/** A process whose shards are lost before Discord has let it in: Discord's words are not listened to then. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HANDLERS } from "../../commands/all.js";
import { type Bot, startBot } from "../../src/discord/gateway/bot.js";
import { ShardsLostError } from "../../src/discord/gateway/held-shards.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";
import { silentLog } from "../support/silent-log.js";

describe("a process that loses its shards while it logs in", () => {
  let database: TemporaryPostgres;
  let running: RunningBot;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    running = await startRunningBot({ environment: { STORE_URL: database.url } });
    await running.bot.stop();
    running.test.services.shards.clear();
  });
  afterEach(async () => {
    await running.close();
    await database.remove();
  });

  function start(): Promise<Bot> {
    const { discord, test } = running;
    const held = { isHeld: () => false, lost: Promise.resolve() };
    const { token, apiUrl } = discord;
    const { services } = test;
    return startBot({ token, apiUrl, held, services, handlers: HANDLERS, log: silentLog });
  }

  it("gives up, also where Discord says nothing more", async () => {
    await expect(start()).rejects.toThrow(ShardsLostError);
  });

  it("takes no server that it has not heard of for one that has removed the bot", async () => {
    const { services } = running.test;
    const { guild } = running.discord.createGuild("lounge");
    await services.guildSettings.change(guild.id, {});
    await expect(start()).rejects.toThrow(ShardsLostError);
    expect(await services.store.departures.count()).toBe(0);
  });
});
