import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { purge } from "../../src/training/jobs/purge.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { silentLog } from "../support/silent-log.js";
import { waitFor } from "../support/wait-for.js";

describe("a server that the bot is removed from", () => {
  let running: RunningBot;
  let channel: Channel;
  let guildId: string;
  let member: User;
  beforeEach(async () => {
    running = await startRunningBot({ environment: { GUILD_GRACE_DAYS: "0" } });
    const created = running.discord.createGuild("lounge");
    channel = created.channel;
    guildId = created.guild.id;
    member = running.discord.world.addUser("member");
    await running.consent(channel, member);
    const message = running.discord.say(member, channel, "How do I sleep?", { mentionBot: true });
    const [ballot] = await running.discord.answersTo(message);
    running.discord.react(member, ballot!, "🅰️");
    await waitFor(() => !isBallot(ballot!) || undefined, "the vote");
  });
  afterEach(() => running.close());

  const departed = async () =>
    (await running.test.services.store.departures.get(guildId)) !== undefined;
  const purgeNow = () => purge({ ...running.test.services, log: silentLog });
  const votes = async () =>
    (await running.test.services.profiles.view({ guildId, memberId: member.id })).votes;

  it("loses its data after the time of grace", async () => {
    running.discord.leaveGuild(guildId);
    await waitFor(async () => (await departed()) || undefined, "the departure");
    await purgeNow();
    const { store } = running.test.services;
    for (const repository of [store.profiles, store.comparisons, store.consents, store.ballots]) {
      expect((await repository.entries().next()).done).toBe(true);
    }
    expect(await departed()).toBe(false);
  });

  it("keeps its data where it is merely unavailable", async () => {
    running.discord.leaveGuild(guildId, true);
    await running.restart();
    await purgeNow();
    expect(await departed()).toBe(false);
    expect(await votes()).toBe(1);
  });

  it("is noticed at the next start where it happened while the bot was away", async () => {
    await running.restart(() => running.discord.world.removeGuild(guildId));
    expect(await departed()).toBe(true);
  });

  it("keeps its data where the bot comes back in time", async () => {
    const { guilds } = running.discord.world;
    const guild = guilds.get(guildId)!;
    running.discord.leaveGuild(guildId);
    await waitFor(async () => (await departed()) || undefined, "the departure");
    await running.restart(() => guilds.set(guildId, guild));
    expect(await departed()).toBe(false);
    expect(await votes()).toBe(1);
  });
});

describe("the purge", () => {
  it("waits for the end of the time of grace and says how many", async () => {
    const running = await startRunningBot();
    const { channel, guild } = running.discord.createGuild("lounge");
    await running.consent(channel, running.discord.world.addUser("member"));
    running.discord.leaveGuild(guild.id);
    const { store } = running.test.services;
    await waitFor(async () => await store.departures.get(guild.id), "the departure");
    const events: object[] = [];
    const log = { info: (event: object) => void events.push(event) } as never;
    await purge({ ...running.test.services, log });
    expect(events).toEqual([
      { event: "retention.purged", ballots: 0, replies: 0, guilds: 0, copies: 0 },
    ]);
    expect((await store.consents.entries().next()).done).toBe(false);
    await running.close();
  });
});
