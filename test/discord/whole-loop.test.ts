import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHOICE_EMOJI } from "../../src/ballots/choices.js";
import { voteOn } from "../../src/playground/rounds.js";
import type { Choice } from "../../src/store/records.js";
import { startScene } from "../fixtures.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { type AnswerStyle, styleOf } from "../support/styled-answers.js";
import { waitFor } from "../support/wait-for.js";

const MEMBERS = 16;
/** So many of them on Discord itself; the others only make up the numbers for the training. */
const ON_DISCORD = 2;
const VOTES = 10;
const REPLIES = 5;
const QUESTIONS = ["sleep better", "cook rice", "learn to swim", "save money", "name my cat"];

/** A member's hidden taste: how much each style is worth to them. */
type Taste = (style: AnswerStyle) => number;

interface Member {
  readonly user: User;
  readonly taste: Taste;
}

const likesShortAndCasual: Taste = ({ long, formal, enthusiastic }) =>
  (long ? -2 : 2) + (formal ? -2 : 2) + (enthusiastic ? 0.5 : 0);
const likesLongAndFormal: Taste = (style) => -likesShortAndCasual(style);

describe("the whole loop", () => {
  let running: RunningBot;
  let channel: Channel;
  const members: Member[] = [];
  beforeAll(async () => {
    // The questions of the day end with the tenth vote: from then on every reply is chosen.
    const environment = { QUESTIONS_PER_DAY: String(VOTES) };
    ({ running, channel } = await startScene({ environment }));
    for (let index = 0; index < MEMBERS; index++) {
      const taste = index % 2 === 0 ? likesShortAndCasual : likesLongAndFormal;
      const user = running.discord.world.addUser(`member${index}`);
      await running.consent(channel, user);
      members.push({ user, taste });
    }
  });
  afterAll(() => running.close());

  it("goes from the first mention over ten votes and a retraining to personal replies", async () => {
    const { discord } = running;
    const onDiscord = members.slice(0, ON_DISCORD);
    for (const member of onDiscord) await castVotes(member);
    for (const member of members.slice(ON_DISCORD)) await castVotesElsewhere(member);
    await expectLikedReplies(onDiscord);

    const started = await discord.command(discord.world.developer, channel, "retrain", "now");
    const report = await waitFor(
      () => (/adopted/.test(started.content) ? started : undefined),
      "the report",
      90_000,
    );
    expect(report.content).toMatch(/held-out/);
    expect(report.history.length).toBeGreaterThan(1);
    expect(report.content).toMatch(new RegExp(`${MEMBERS} members`));

    await expectLikedReplies(onDiscord);
    const profile = await discord.command(members[0]!.user, channel, "profile", "view");
    expect(profile.content).toMatch(/after \d+ votes/);
  });

  /** Asks until {@link VOTES} ballots are answered, as the taste wants it. */
  async function castVotes({ user, taste }: Member): Promise<void> {
    let votes = 0;
    for (let question = 0; question < 4 * VOTES && votes < VOTES; question++) {
      const message = await ask(user, question);
      if (!isBallot(message)) continue;
      const [a, b] = message.embeds.map(({ description }) => taste(styleOf(description!)!));
      running.discord.react(user, message, CHOICE_EMOJI[choiceBetween(a!, b!)]);
      await waitFor(() => (isBallot(message) ? undefined : true), "the vote");
      votes++;
    }
    // The bot may be sure of its member a little earlier.
    expect(votes).toBeGreaterThanOrEqual(VOTES - 2);
  }

  /** The same without Discord's limit of fifty requests a second, which discord.js keeps. */
  async function castVotesElsewhere({ user, taste }: Member): Promise<void> {
    const { services } = running.test;
    const member = { guildId: channel.guildId!, memberId: user.id };
    for (let question = 0; question < 2 * VOTES; question++) {
      const history = [{ role: "member" as const, text: questionText(question) }];
      const reply = await services.replies.reply({ member, history });
      if (reply.kind !== "ballot") continue;
      const [a, b] = reply.draft.candidates.map(({ text }) => taste(styleOf(text)!));
      await voteOn(services, reply.draft, choiceBetween(a!, b!));
    }
  }

  async function expectLikedReplies(some: readonly Member[]): Promise<void> {
    for (const member of some) expect(await likedReplies(member)).toBe(REPLIES);
  }

  /** How many of the replies are in the style that this member likes best. */
  async function likedReplies({ user, taste }: Member): Promise<number> {
    let liked = 0;
    for (let question = 0; question < REPLIES; question++) {
      const message = await ask(user, question);
      const offered = isBallot(message)
        ? message.embeds.map(({ description }) => description!)
        : [message.content];
      // The best style is worth 3.5 or more, all that lack one of its two marks half a point at most.
      if (offered.some((text) => taste(styleOf(text)!) > 3)) liked++;
    }
    return liked;
  }

  async function ask(user: User, question: number): Promise<StoredMessage> {
    const text = questionText(question);
    const message = running.discord.say(user, channel, text, { mentionBot: true });
    const [answer] = await running.discord.answersTo(message);
    return answer!;
  }
});

function questionText(question: number): string {
  return `How do I ${QUESTIONS[question % QUESTIONS.length]}?`;
}

function choiceBetween(a: number, b: number): Choice {
  if (a === b) return "tie";
  return a > b ? "a" : "b";
}
