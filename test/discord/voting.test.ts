import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DIRECT_MESSAGES_GUILD } from "../../src/store/ids.js";
import { startScene } from "../fixtures.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

describe("a ballot", () => {
  let running: RunningBot;
  let member: User;
  let other: User;
  let channel: Channel;
  let guildId: string;
  beforeEach(async () => {
    const scene = await startScene({ consented: true });
    ({ running, channel, member, other } = scene);
    guildId = scene.guild.id;
    await running.consent(channel, other);
  });
  afterEach(() => running.close());

  it("becomes the chosen answer once its member has voted, and the bot has learned", async () => {
    const ballot = await ask();
    const [, b] = textsOf(ballot);
    running.discord.react(member, ballot, "🅱️");
    await shows(ballot, b);
    expect(ballot.embeds).toHaveLength(0);
    expect(await votesOf(member)).toBe(1);
    expect(await outcomes(member)).toEqual([0]);
  });

  it("follows the member: a changed reaction changes the vote, a removed one takes it back", async () => {
    const { discord } = running;
    const ballot = await ask();
    const question = ballot.content;
    const [a, b] = textsOf(ballot);
    discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
    discord.react(member, ballot, "🅱️");
    await shows(ballot, b);
    expect(await outcomes(member)).toEqual([0]);
    discord.unreact(member, ballot, "🅱️");
    await shows(ballot, a);
    discord.unreact(member, ballot, "🅰️");
    await shows(ballot, question);
    expect(isBallot(ballot)).toBe(true);
    expect(await votesOf(member)).toBe(0);
    expect(await outcomes(member)).toEqual([]);
  });

  it("takes a tie and a neither", async () => {
    const tie = await ask();
    running.discord.react(member, tie, "🤝");
    await shows(tie, textsOf(tie)[0]);
    expect(await outcomes(member)).toEqual([0.5]);
    const neither = await ask();
    const shown = textsOf(neither);
    running.discord.react(member, neither, "👎");
    await waitFor(() => (isBallot(neither) ? undefined : true), "another answer");
    expect(shown).not.toContain(neither.content);
  });

  it("takes a neither of the only two answers, and shows the first of them", async () => {
    const ballot = await ask();
    const [a] = textsOf(ballot);
    const { ballots, votes } = running.test.services;
    await waitFor(async () => (await ballots.get(ballot.id)) && true, "the ballot");
    // Alone among the changes to it: the bot writes it again once all reactions are offered.
    await votes.withBallot(ballot.id, async ({ alternative, ...record }, seen) => {
      expect(alternative).toBeDefined();
      await ballots.put(ballot.id, record, seen);
    });
    running.discord.react(member, ballot, "👎");
    await shows(ballot, a);
    expect(await outcomes(member)).toEqual([0.5]);
  });

  it("does not listen to anybody else, nor to other emoji", async () => {
    const { discord } = running;
    const ballot = await ask();
    discord.react(other, ballot, "🅰️");
    discord.react(member, ballot, "🎉");
    const [a] = textsOf(ballot);
    discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
    expect(await votesOf(member)).toBe(1);
    expect(await votesOf(other)).toBe(0);
  });

  it("counts a vote that is quicker than the store", async () => {
    const { store } = running.test.services;
    const { ballots } = store;
    const write = store.writeTogether.bind(store);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    let ballotWrites = 0;
    store.writeTogether = async (writes, condition) => {
      // The first is of the ballot that is about to be posted.
      const isBallot = writes.some(({ key }) => key.startsWith("ballot:"));
      if (isBallot && ballotWrites++ > 0) await held;
      return write(writes, condition);
    };
    const ballot = await ask(0);
    const [a] = textsOf(ballot);
    running.discord.react(member, ballot, "🅰️");
    // What is answered later was read later than the reaction.
    const later = running.discord.say(other, channel, "!plain Hello?", { mentionBot: true });
    await running.discord.answersTo(later);
    expect(await ballots.get(ballot.id)).toBeUndefined();
    release();
    await shows(ballot, a);
    expect(await votesOf(member)).toBe(1);
  });

  it("counts a vote that is cast after a restart", async () => {
    const ballot = await ask();
    const [a] = textsOf(ballot);
    await running.restart();
    running.discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
    expect(await votesOf(member)).toBe(1);
  });

  it("counts votes that were cast, changed or taken back while the bot was away", async () => {
    const { discord } = running;
    const changed = await ask();
    const [changedA, changedB] = textsOf(changed);
    discord.react(member, changed, "🅰️");
    await shows(changed, changedA);
    const takenBack = await ask();
    const question = takenBack.content;
    discord.react(member, takenBack, "🅰️");
    await waitFor(() => (isBallot(takenBack) ? undefined : true), "the vote");
    const cast = await ask();
    const [castA] = textsOf(cast);
    await running.restart(() => {
      discord.react(member, cast, "🅰️");
      discord.unreact(member, changed, "🅰️");
      discord.react(member, changed, "🅱️");
      discord.unreact(member, takenBack, "🅰️");
    });
    await shows(cast, castA);
    await shows(changed, changedB);
    await shows(takenBack, question);
    expect((await outcomes(member)).sort()).toEqual([0, 1]);
  });

  it("counts a vote in a direct message after a restart, when the channel is not known any more", async () => {
    const { discord } = running;
    channel = discord.directChannel(member);
    await running.consent(channel, member);
    const ballot = await ask();
    const [a] = textsOf(ballot);
    await running.restart();
    discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
    expect(await votesOf(member, DIRECT_MESSAGES_GUILD)).toBe(1);
  });

  it("takes a tap on a button, privately at once, and gives the vote back on request", async () => {
    const { discord } = running;
    const ballot = await ask();
    const question = ballot.content;
    const [, b] = textsOf(ballot);
    const answer = await discord.answered(discord.press(member, channel, ballot, "B"));
    expect(answer.ephemeral).toBe(true);
    expect(answer.content).toMatch(/vote is stored: \*\*B\*\*/);
    await shows(ballot, b);
    expect(ballot.components).toEqual([]);
    expect(await outcomes(member)).toEqual([0]);
    discord.press(member, channel, answer, "Take it back");
    await shows(ballot, question);
    expect(ballot.components).toHaveLength(1);
    expect(await outcomes(member)).toEqual([]);
    // The question is open again, so no other is asked as well.
    const again = discord.say(member, channel, "How do I cook rice?", { mentionBot: true });
    expect(isBallot((await discord.answersTo(again))[0]!)).toBe(false);
  });

  it("tells somebody else who taps that it is not theirs", async () => {
    const ballot = await ask();
    const pressed = running.discord.press(other, channel, ballot, "A");
    expect((await running.discord.answered(pressed)).content).toMatch(/somebody else/);
    expect(isBallot(ballot)).toBe(true);
  });

  it("remembers a vote by button over a restart, and a later reaction changes it", async () => {
    const { discord } = running;
    const ballot = await ask();
    const [a, b] = textsOf(ballot);
    discord.press(member, channel, ballot, "A");
    await shows(ballot, a);
    await running.restart();
    expect(await outcomes(member)).toEqual([1]);
    discord.react(member, ballot, "🅱️");
    await shows(ballot, b);
    discord.unreact(member, ballot, "🅱️");
    await shows(ballot, a);
    expect(await outcomes(member)).toEqual([1]);
  });

  it("is the only one that is open: until it is answered the bot just answers", async () => {
    const { discord } = running;
    const ballot = await ask();
    const again = discord.say(member, channel, "How do I cook rice?", { mentionBot: true });
    expect(isBallot((await discord.answersTo(again))[0]!)).toBe(false);
    discord.react(member, ballot, "🅰️");
    await waitFor(() => (isBallot(ballot) ? undefined : true), "the vote");
    expect(isBallot(await ask())).toBe(true);
  });

  it("stays and can be answered if the bot may not add reactions", async () => {
    const { discord } = running;
    discord.rest.fail("PUT", /reactions/, 403, 1, 50013);
    const ballot = await ask(0);
    discord.react(member, ballot, "🅰️");
    await shows(ballot, textsOf(ballot)[0]);
    expect(discord.sentTo(channel)).toHaveLength(1);
  });

  it("is forgotten when its message is deleted, and the bot goes on", async () => {
    const { discord } = running;
    const ballot = await ask();
    discord.remove(ballot);
    await waitFor(
      async () =>
        (await running.test.services.store.ballots.get(ballot.id)) === undefined || undefined,
      "the ballot to be forgotten",
    );
    expect(isBallot(await ask())).toBe(true);
  });

  async function ask(reactions = 4): Promise<StoredMessage> {
    const { discord } = running;
    const mentionBot = channel.guildId !== undefined;
    const message = discord.say(member, channel, "How do I sleep better?", { mentionBot });
    const [ballot] = await discord.answersTo(message);
    await waitFor(() => (ballot!.reactions.size >= reactions ? true : undefined), "the reactions");
    return ballot!;
  }

  function shows(message: StoredMessage, content: string | undefined) {
    return waitFor(
      () => (message.content === content ? true : undefined),
      `the message to show “${content}”`,
    );
  }

  function textsOf(ballot: StoredMessage): [string, string] {
    return ballot.embeds.map(({ description }) => description!) as [string, string];
  }

  async function votesOf({ id }: User, guild = guildId): Promise<number> {
    const { profiles } = running.test.services;
    return (await profiles.view({ guildId: guild, memberId: id })).votes;
  }

  async function outcomes({ id }: User): Promise<number[]> {
    const found: number[] = [];
    for await (const [key, record] of running.test.services.store.comparisons.entries()) {
      if (key.startsWith(`${guildId}:${id}:`)) found.push(record.outcome);
    }
    return found;
  }
});
