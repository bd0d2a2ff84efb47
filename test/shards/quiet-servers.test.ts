import { describe, expect, it } from "vitest";
import { addQuietServers } from "../support/loopback-discord/quiet-servers.js";
import { createRecordingLog } from "../support/recording-log.js";
import { startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const WARNING = 40;
const SERVERS = 40;
const EVENTS = 600;

describe("servers on which nobody speaks to the bot", () => {
  it("cost it no request, and keep nobody else waiting", async () => {
    const { log, events } = createRecordingLog();
    let quiet: ReturnType<typeof addQuietServers> | undefined;
    const running = await startRunningBot({
      environment: { SHARD_COUNT: "2" },
      log,
      beforeStart: (discord) => {
        quiet = addQuietServers(discord, SERVERS);
      },
    });
    const { discord, test } = running;
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    const received = async () => {
      const { values } = await test.services.metrics.shardEvents.get();
      return values.map(({ labels: { shard }, value }) => ({ shard, value }));
    };
    try {
      const before = discord.requests.length;
      const stop = quiet!.start(1_000);
      await waitFor(async () => {
        const counts = await received();
        return (
          (counts.length === 2 && counts.every(({ value }) => value > EVENTS / 2)) || undefined
        );
      }, "the events on both shards");
      const message = discord.say(member, channel, "!plain Hello?", { mentionBot: true });
      expect(await discord.answersTo(message)).toHaveLength(1);
      stop();
      await running.bot.idle();
      const places = new Set(
        discord.requests
          .slice(before)
          .flatMap(({ path }) => /^channels\/(\d+)/.exec(path)?.[1] ?? []),
      );
      expect(places).toEqual(new Set([channel.id]));
      expect(events.filter(({ level }) => level >= WARNING)).toEqual([]);
    } finally {
      await running.close();
    }
  });
});
