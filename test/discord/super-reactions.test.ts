import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withChange } from "../../src/ballots/choices.js";
import { startScene } from "../fixtures.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

describe("a super reaction", () => {
  let running: RunningBot;
  let member: User;
  let channel: Channel;
  let guildId: string;
  beforeEach(async () => {
    const scene = await startScene({ consented: true });
    ({ running, channel, member } = scene);
    guildId = scene.guild.id;
  });
  afterEach(() => running.close());

  it("added and taken back together with the plain one leaves the vote", async () => {
    const { discord } = running;
    const ballot = await ask();
    discord.react(member, ballot, "🅰️");
    await answered(ballot);
    discord.superReact(member, ballot, "🅰️");
    discord.superUnreact(member, ballot, "🅰️");
    await nothingInHand();
    expect(await outcomes()).toEqual([1]);
  });

  it("is a vote of its own, which stays when the plain one goes, and goes when it goes", async () => {
    const { discord } = running;
    const ballot = await ask();
    discord.react(member, ballot, "🅱️");
    discord.superReact(member, ballot, "🅱️");
    await answered(ballot);
    discord.unreact(member, ballot, "🅱️");
    await nothingInHand();
    expect(await outcomes()).toEqual([0]);
    discord.superUnreact(member, ballot, "🅱️");
    await waitFor(async () => (await outcomes()).length === 0 || undefined, "it is taken back");
  });

  it("given, or left alone, while the bot was away counts", async () => {
    const { discord } = running;
    const alone = await ask();
    await running.restart(() => discord.superReact(member, alone, "🅰️"));
    await waitFor(async () => (await outcomes()).length === 1 || undefined, "the vote");
    const both = await ask();
    discord.react(member, both, "🅰️");
    discord.superReact(member, both, "🅰️");
    await answered(both);
    await running.restart();
    await nothingInHand();
    discord.unreact(member, both, "🅰️");
    await nothingInHand();
    expect(await outcomes()).toEqual([1, 1]);
  });

  it("is remembered in what waits to be counted, in whatever order it came", () => {
    const choice = fc.constantFrom("a", "b") as fc.Arbitrary<"a" | "b">;
    const change = fc.record({
      kind: fc.constantFrom("added", "removed") as fc.Arbitrary<"added" | "removed">,
      choice,
      isSuper: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (events) => {
        const waiting = events
          .map(({ isSuper, ...one }) => ({ ...one, ...(isSuper && ({ isSuper } as const)) }))
          .reduce(withChange, [] as Parameters<typeof withChange>[0]);
        for (const one of ["a", "b"] as const) {
          const own = events.filter((event) => event.choice === one);
          const last = waiting.findLast((event) => event.choice === one);
          expect(last?.kind).toBe(own.at(-1)?.kind);
          expect(waiting.some((event) => event.choice === one && event.isSuper) ?? false).toBe(
            own.some(({ isSuper }) => isSuper),
          );
        }
      }),
    );
  });

  async function ask(): Promise<StoredMessage> {
    const message = running.discord.say(member, channel, "How do I sleep better?", {
      mentionBot: true,
    });
    const [ballot] = await running.discord.answersTo(message);
    expect(isBallot(ballot!)).toBe(true);
    const offered = () => ballot!.reactions.size === 4 || undefined;
    await waitFor(offered, "the bot's reactions");
    return ballot!;
  }

  const answered = (ballot: StoredMessage) =>
    waitFor(() => !isBallot(ballot) || undefined, "the vote");

  /** A later ballot, voted on: what came before it has been counted by then. */
  async function nothingInHand() {
    await running.bot.idle();
    const other = running.discord.world.addUser("other");
    await running.consent(channel, other);
    const message = running.discord.say(other, channel, "How do I cook rice?", {
      mentionBot: true,
    });
    const [ballot] = await running.discord.answersTo(message);
    running.discord.react(other, ballot!, "🅰️");
    await answered(ballot!);
    await running.bot.idle();
  }

  async function outcomes() {
    const records = await running.test.services.profiles.comparisonsOf({
      guildId,
      memberId: member.id,
    });
    return records.map(({ outcome }) => outcome);
  }
});
