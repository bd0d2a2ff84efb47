import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Services } from "../../src/compose.js";
import { draftFor } from "../support/drafted-ballot.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import type { Channel, Guild, StoredMessage, User } from "../support/loopback-discord/world.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../support/loopback-openai.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

/** Two processes of one bot, each with a store that holds what both have stored. */
describe("two processes that share the shards", () => {
  let discord: LoopbackDiscord;
  let openai: LoopbackOpenAI;
  let places: { guild: Guild; channel: Channel }[];
  let member: User;
  const running: RunningBot[] = [];

  beforeEach(async () => {
    discord = await startLoopbackDiscord();
    openai = await startLoopbackOpenAI();
    places = [0, 1].map((shard) => discord.createGuild(`on shard ${shard}`, [shard, 2]));
    member = discord.world.addUser("member");
  });
  afterEach(async () => {
    for (const bot of running.splice(0)) await bot.close();
    await openai.close();
    await discord.close();
  });

  async function start(shard: number, prepare: (services: Services) => Promise<void> = settle) {
    const environment = { SHARDS: String(shard), SHARD_COUNT: "2" };
    const bot = await startRunningBot({ beside: { discord, openai }, environment, prepare });
    running.push(bot);
    return bot;
  }

  /** As if both servers had been set up. */
  async function settle({ guildSettings }: Services): Promise<void> {
    for (const { guild } of places) await guildSettings.change(guild.id, {});
  }

  const departuresOf = async ({ test }: RunningBot) => {
    const found: string[] = [];
    for await (const [guildId] of test.services.store.departures.entries()) found.push(guildId);
    return found;
  };

  it("connect a shard each", async () => {
    await start(0);
    await start(1);
    expect(discord.gateway.identified).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it("connect in turn where Discord lets one connect at a time", async () => {
    discord.gateway.maxConcurrency = 1;
    discord.gateway.identifyPauseMs = 600_000;
    // The one that came too early is turned away, and comes again.
    void waitFor(() => discord.gateway.asked > 2 || undefined, "another try").then(() => {
      discord.gateway.identifyPauseMs = 0;
    });
    await Promise.all([start(0), start(1)]);
    expect(discord.gateway.identified.toSorted()).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it("take no server of the other's for one that removed the bot", async () => {
    const bots = [await start(0), await start(1)];
    for (const bot of bots) expect(await departuresOf(bot)).toEqual([]);
  });

  it("notice that their own servers have removed the bot while they were away", async () => {
    for (const { guild } of places) discord.world.removeGuild(guild.id);
    const bots = [await start(0), await start(1)];
    for (const [shard, bot] of bots.entries()) {
      expect(await departuresOf(bot)).toEqual([places[shard]!.guild.id]);
    }
  });

  it("notice after a new session what their own servers have done, and nothing of the other's", async () => {
    const bots = [await start(0), await start(1)];
    for (const { guild } of places) discord.world.removeGuild(guild.id);
    discord.gateway.invalidateSessions(false);
    for (const [shard, bot] of bots.entries()) {
      const found = await waitFor(async () => {
        const departures = await departuresOf(bot);
        return departures.length > 0 ? departures : undefined;
      }, "the departure to be noticed");
      expect(found).toEqual([places[shard]!.guild.id]);
    }
  });

  it("answer on their own servers alone, and direct messages on shard 0", async () => {
    await start(0);
    await start(1);
    const direct = discord.directChannel(member);
    const messages = [
      ...places.map(({ channel }) =>
        discord.say(member, channel, "!plain Hello?", { mentionBot: true }),
      ),
      discord.say(member, direct, "!plain Hello?"),
    ];
    for (const message of messages) {
      expect(await discord.answersTo(message)).toHaveLength(1);
    }
    for (const { bot } of running) await bot.idle();
    const answered = running.map(({ test }) => test.services.metrics.replies);
    const counts = await Promise.all(answered.map(async (counter) => (await counter.get()).values));
    const plain = counts.map((values) => values.reduce((sum, { value }) => sum + value, 0));
    expect(plain).toEqual([2, 1]);
  });

  it("register the commands once, by the process that has shard 0", async () => {
    const registrations = () =>
      discord.requests.filter(({ method, path }) => method === "PUT" && /commands$/.test(path));
    await start(1);
    expect(registrations()).toHaveLength(0);
    await start(0);
    expect(registrations()).toHaveLength(1);
  });

  it("finish the answers that were begun on their own servers, and leave the others alone", async () => {
    const lines = places.map(({ channel }) => {
      const below = discord.say(member, channel, "Hello?", { mentionBot: true });
      const author = discord.world.bot;
      const content = "-# I am still working on your answer …";
      return discord.world.addMessage({
        channelId: channel.id,
        author,
        content,
        repliesTo: below.id,
      });
    });
    const prepare = async ({ store }: Services) => {
      for (const { channelId, repliesTo } of lines) {
        const { guildId } = places.find(({ channel }) => channel.id === channelId)!.channel;
        await store.pendingLines.set(repliesTo!, { channelId, guildId: guildId!, at: Date.now() });
      }
    };
    const isSettled = ({ content }: StoredMessage) => !content.includes("still working");
    for (const [shard, line] of lines.entries()) {
      const bot = await start(shard, prepare);
      await waitFor(() => isSettled(line) || undefined, "the line to be finished");
      await bot.bot.idle();
      const left: string[] = [];
      for await (const [id] of bot.test.services.store.pendingLines.entries()) left.push(id);
      expect(left).toEqual([lines[1 - shard]!.repliesTo]);
      expect(lines.map(isSettled)).toEqual([true, shard === 1]);
    }
  });

  it("settle the ballots that were being posted on their own servers, and leave the others alone", async () => {
    const belows = places.map(({ channel }) => discord.say(member, channel, "Hello?"));
    const prepare = async ({ ballots, consents, models }: Services) => {
      for (const [at, { guild, channel }] of places.entries()) {
        const key = { guildId: guild.id, memberId: member.id };
        await consents.grant(key);
        const draft = draftFor(key, models.current.encoderId);
        await ballots.announce(draft, channel.id, belows[at]!.id, ballots.permit(key));
      }
    };
    for (const shard of [0, 1]) {
      const { bot, test } = await start(shard, prepare);
      await bot.idle();
      const left: string[] = [];
      for await (const [below] of test.services.ballots.unposted()) left.push(below);
      expect(left).toEqual([belows[1 - shard]!.id]);
    }
  });

  it("look at the reactions of ballots on their own servers alone", async () => {
    const ballots = places.map(({ channel }) =>
      discord.world.addMessage({ channelId: channel.id, author: discord.world.bot, content: "?" }),
    );
    for (const ballot of ballots) ballot.reactions.set("🅰️", [discord.world.bot.id, member.id]);
    const prepare = async ({ ballots: stored, consents, models }: Services) => {
      for (const [at, { guild, channel }] of places.entries()) {
        const key = { guildId: guild.id, memberId: member.id };
        await consents.grant(key);
        await stored.post(draftFor(key, models.current.encoderId), channel.id, ballots[at]!.id);
      }
    };
    for (const shard of [0, 1]) {
      const before = discord.requests.length;
      const { bot, test } = await start(shard, prepare);
      await bot.idle();
      const own = ballots[shard]!;
      const looked = discord.requests
        .slice(before)
        .filter(({ path }) => /\/messages\/\d+/.test(path));
      expect(new Set(looked.map(({ path }) => path.split("/")[3]))).toEqual(new Set([own.id]));
      const key = { guildId: places[shard]!.guild.id, memberId: member.id };
      expect(await test.services.profiles.comparisonsOf(key)).toHaveLength(1);
    }
  });
});
