import { afterEach, describe, expect, it, vi } from "vitest";
import { startWatching } from "../../src/observability/start-watching.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { seriesValue } from "../support/metrics-text.js";
import { createRecordingLog } from "../support/recording-log.js";
import { type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const SHARDS = 3;

describe("several shards in one process", () => {
  let running: RunningBot | undefined;
  let recording = createRecordingLog();
  let channels: Channel[];
  let member: User;
  afterEach(async () => {
    vi.unstubAllEnvs();
    await running?.close();
    running = undefined;
  });

  async function start(
    environment: NodeJS.ProcessEnv = { SHARD_COUNT: String(SHARDS) },
    beforeStart: (discord: LoopbackDiscord) => void = () => undefined,
  ): Promise<RunningBot> {
    recording = createRecordingLog();
    const setUp = (discord: LoopbackDiscord) => {
      channels = [...Array(SHARDS).keys()].map(
        (shard) => discord.createGuild(`on shard ${shard}`, [shard, SHARDS]).channel,
      );
      member = discord.world.addUser("member");
      beforeStart(discord);
    };
    running = await startRunningBot({ environment, log: recording.log, beforeStart: setUp });
    return running;
  }

  const say = (channel: Channel) =>
    running!.discord.say(member, channel, "!plain Hello?", { mentionBot: true });

  async function answersEverywhere(): Promise<void> {
    for (const message of channels.map(say)) {
      expect(await running!.discord.answersTo(message)).toHaveLength(1);
    }
  }

  it("connect each, and serve all servers", async () => {
    const { discord, test } = await start();
    expect(discord.gateway.identified.toSorted()).toEqual([
      [0, SHARDS],
      [1, SHARDS],
      [2, SHARDS],
    ]);
    expect(test.services.shards.isAll).toBe(true);
    await answersEverywhere();
  });

  it("are as many as Discord recommends, unless a number is set", async () => {
    const { discord } = await start({}, ({ gateway }) => {
      gateway.recommendedShards = SHARDS;
    });
    expect(discord.gateway.identified).toHaveLength(SHARDS);
    await answersEverywhere();
  });

  it.each([
    { SHARD_COUNT: "auto" },
    { SHARD_COUNT: "" },
    { SHARD_COUNT: '"1"', SHARDS: "" },
    { SHARD_COUNT: "3", SHARDS: "0-1" },
  ])("are ours to choose, not discord.js', which reads %o too", async (environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { discord } = await start(environment);
    const wanted = environment.SHARDS === "0-1" ? [0, 1] : [0];
    expect(discord.gateway.identified.map(([shard]) => shard).toSorted()).toEqual(wanted);
  });

  it("tell of one that is lost, in health, metrics, status and log, while the others go on", async () => {
    const { discord, test } = await start();
    const watching = { host: "127.0.0.1", port: 0 };
    const server = (await startWatching({ watching }, test.services))!;
    const get = async (path: string) =>
      (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();
    const isReady = async (shard: number) =>
      seriesValue(await get("/metrics"), `attune_shard_ready{shard="${shard}"}`);
    const admin = discord.world.addUser("admin");
    discord.world.managers.add(admin.id);
    try {
      discord.gateway.cutOffShard(1);
      await waitFor(async () => (await isReady(1)) === 0 || undefined, "the lost shard");
      expect([await isReady(0), await isReady(2)]).toEqual([1, 1]);
      expect(await get("/healthz")).toContain("no events from Discord arrive on shard 1");
      const { content } = await discord.command(admin, channels[0]!, "status");
      expect(content).toContain("**Shards**: 0, 1, 2 of 3; not connected at the moment: 1");
      const lost = recording.events.filter(({ event }) => event === "discord.connection");
      expect(new Set(lost.map(({ shard }) => shard))).toEqual(new Set([1]));
      for (const shard of [0, 2]) {
        expect(await discord.answersTo(say(channels[shard]!))).toHaveLength(1);
      }
      const missed = say(channels[1]!);
      discord.gateway.cutOff.delete(1);
      expect(await discord.answersTo(missed)).toHaveLength(1);
      await waitFor(async () => (await isReady(1)) === 1 || undefined, "the shard again");
      expect(JSON.parse(await get("/healthz"))).toMatchObject({ status: "ok" });
    } finally {
      await server.close();
    }
  });

  it("read what was said between two sessions on the shard that had two, and nothing else", async () => {
    const { discord } = await start();
    await answersEverywhere();
    discord.gateway.endShard(2);
    const missed = say(channels[2]!);
    expect(await discord.answersTo(missed)).toHaveLength(1);
    const caughtUp = await waitFor(
      () => recording.events.find(({ event }) => event === "messages.caught-up"),
      "the line in the log",
    );
    expect(caughtUp).toMatchObject({ channels: 1 });
    expect(discord.gateway.identified.at(-1)).toEqual([2, SHARDS]);
  });

  it("take nothing for missed that was said while the first of them was ready and the last was not", async () => {
    const { discord } = await start(undefined, ({ gateway, say }) => {
      gateway.maxConcurrency = 1;
      void waitFor(() => gateway.shards.length > 0 || undefined, "the first shard").then(() =>
        channels.map((channel) => say(member, channel, "!plain Hello?", { mentionBot: true })),
      );
    });
    expect(discord.gateway.identified).toHaveLength(SHARDS);
    await answersEverywhere();
    expect(recording.events.filter(({ event }) => event === "messages.caught-up")).toEqual([]);
  });

  it("wait until Discord allows as many starts as there are shards", async () => {
    const { discord } = await start(undefined, ({ world, gateway }) => {
      world.startsLeft = SHARDS - 1;
      void waitFor(
        () => recording.events.some(({ state }) => state === "limited") || undefined,
        "the wait",
      ).then(() => {
        expect(gateway.identified).toEqual([]);
        world.startsLeft = 1000;
      });
    });
    expect(discord.gateway.identified).toHaveLength(SHARDS);
  });

  it("say what to do where Discord wants more of them", async () => {
    const refused = start({ SHARD_COUNT: "1" }, ({ gateway }) => {
      gateway.mostServers = SHARDS - 1;
    });
    await expect(refused).rejects.toThrow(/more servers than its shards may serve.*SHARD_COUNT/);
  });

  it("say what to do where Discord knows no such shard", async () => {
    const { bot, discord } = await start();
    discord.gateway.closeConnections(4010);
    expect((await bot.closed).message).toMatch(/check SHARDS and SHARD_COUNT/);
  });
});
