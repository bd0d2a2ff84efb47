import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startScene } from "../fixtures.js";
import { askForBallot, outcomesOf, shows, textsOf } from "../support/asked-ballot.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import type { createRecordingLog } from "../support/recording-log.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const WARNING = 40;
const MISSING_ACCESS = 50001;
const MISSING_PERMISSIONS = 50013;

describe("a ballot is closed quietly", () => {
  let running: RunningBot;
  let recording: ReturnType<typeof createRecordingLog>;
  let channel: Channel;
  let member: User;
  beforeEach(async () => {
    ({ running, channel, member, recording } = await startScene({ consented: true }));
  });
  afterEach(async () => {
    await running.close();
    // None of this is more than normal life.
    expect(recording.events.filter(({ level }) => level >= WARNING)).toEqual([]);
  });

  const ask = (place = channel) => askForBallot(running, place, member);

  it("when its message is deleted with others at once", async () => {
    const ballot = await ask();
    const other = running.discord.say(member, channel, "chat");
    running.discord.removeInBulk([other, ballot]);
    await isForgotten(ballot);
  });

  it("when its channel is deleted, and those of the channel's threads too", async () => {
    const { discord } = running;
    const doomed = discord.createChannel(channel.guildId!, "doomed");
    const thread = discord.createThread(doomed, "thread");
    const inThread = await ask(thread);
    const [a] = textsOf(inThread);
    discord.react(member, inThread, "🅰️");
    await shows(inThread, a);
    const inChannel = await ask(doomed);
    discord.deleteChannel(doomed);
    await isForgotten(inChannel);
    await isForgotten(inThread);
    expect(await outcomesOf(running, channel, member)).toEqual([1]);
    expect(isBallot(await ask())).toBe(true);
  });

  it("when its thread is deleted", async () => {
    const thread = running.discord.createThread(channel, "thread");
    const ballot = await ask(thread);
    running.discord.deleteChannel(thread);
    await isForgotten(ballot);
  });

  it("when the bot is removed from its server", async () => {
    const ballot = await ask();
    running.discord.leaveGuild(channel.guildId!);
    await isForgotten(ballot);
  });

  it("when all that happened while the bot was away", async () => {
    const { discord } = running;
    const thread = discord.createThread(channel, "thread");
    const inThread = await ask(thread);
    discord.react(member, inThread, "🅰️");
    await waitFor(() => !isBallot(inThread) || undefined, "the vote");
    const ballot = await ask();
    await running.restart(() => {
      discord.world.removeChannel(thread.id);
      discord.world.messages.delete(ballot.id);
    });
    await isForgotten(ballot);
    await isForgotten(inThread);
  });

  it("when the bot may not see its channel any more, and the vote counts", async () => {
    const ballot = await ask();
    running.discord.rest.fail("PATCH", /messages/, 403, 1, MISSING_ACCESS);
    running.discord.react(member, ballot, "🅱️");
    await isForgotten(ballot);
    expect(await outcomesOf(running, channel, member)).toEqual([0]);
  });

  it("never because of a permission that may come back: the vote counts and is shown later", async () => {
    const { discord } = running;
    const ballot = await ask();
    const [, b] = textsOf(ballot);
    discord.rest.fail("PATCH", /messages/, 403, 1, MISSING_PERMISSIONS);
    discord.react(member, ballot, "🅱️");
    await waitFor(() => events("ballot.unshown")[0], "the refusal");
    expect(await outcomesOf(running, channel, member)).toEqual([0]);
    await running.restart();
    await shows(ballot, b);
  });

  it("and posted as a plain answer if the bot may not post ballots", async () => {
    const { discord } = running;
    discord.rest.fail("POST", /messages$/, 403, 1, MISSING_PERMISSIONS);
    const message = discord.say(member, channel, "How do I sleep better?", { mentionBot: true });
    const [answer] = await discord.answersTo(message);
    expect(isBallot(answer!)).toBe(false);
    expect(isBallot(await ask())).toBe(true);
  });

  it("and stays without its reactions if the bot may not add any", async () => {
    running.discord.rest.fail("PUT", /reactions/, 403, 1, MISSING_PERMISSIONS);
    const ballot = await askForBallot(running, channel, member, 0);
    const [a] = textsOf(ballot);
    running.discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
  });

  it("and asks Discord only once if it may not write at all", async () => {
    const { discord } = running;
    const forbidden = discord.createChannel(channel.guildId!, "forbidden");
    const path = new RegExp(`${forbidden.id}/messages$`);
    discord.rest.fail("POST", path, 403, 100, MISSING_ACCESS);
    discord.say(member, forbidden, "Hello?", { mentionBot: true });
    await waitFor(() => events("reply.failed")[0], "the refusal");
    expect(discord.requests.filter((one) => path.test(one.path))).toHaveLength(1);
  });

  it("and goes on if its member has left the server and comes back", async () => {
    const { discord } = running;
    const ballot = await ask();
    const [a] = textsOf(ballot);
    discord.gateway.dispatch("GUILD_MEMBER_REMOVE", {
      guild_id: channel.guildId,
      user: { id: member.id, username: member.username, discriminator: "0" },
    });
    await running.restart();
    discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
  });

  it("and goes on if a moderator hides its embeds", async () => {
    const { discord } = running;
    const ballot = await ask();
    const [a] = textsOf(ballot);
    discord.gateway.dispatch("MESSAGE_UPDATE", {
      id: ballot.id,
      channel_id: channel.id,
      guild_id: channel.guildId,
      flags: 4,
      embeds: [],
    });
    discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
  });

  const events = (name: string) => recording.events.filter(({ event }) => event === name);

  function isForgotten({ id }: StoredMessage): Promise<true> {
    const { ballots } = running.test.services.store;
    const forgotten = async () => (await ballots.get(id)) === undefined || undefined;
    return waitFor(forgotten, "the ballot to be forgotten");
  }
});
