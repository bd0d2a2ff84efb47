import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { type AnswerStyle, styleOf } from "../support/styled-answers.js";
import { waitFor } from "../support/wait-for.js";

const MEMBERS = 8;
const VOTES = 10;
const QUESTIONS = ["sleep better", "cook rice", "learn to swim", "save money", "name my cat"];

/** A member's hidden taste: how much each style is worth to them. */
type Taste = (style: AnswerStyle) => number;

const likesShortAndCasual: Taste = ({ long, formal, enthusiastic }) =>
  (long ? -2 : 2) + (formal ? -2 : 2) + (enthusiastic ? 0.5 : 0);
const likesLongAndFormal: Taste = (style) => -likesShortAndCasual(style);

describe("the whole loop", () => {
  let running: RunningBot;
  let channel: Channel;
  const members: { user: User; taste: Taste }[] = [];
  beforeAll(async () => {
    // The questions of the day end with the tenth vote: from then on every reply is chosen.
    running = await startRunningBot({ environment: { QUESTIONS_PER_DAY: String(VOTES) } });
    channel = running.discord.createGuild("lounge").channel;
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
    for (const { user, taste } of members) await castVotes(user, taste);
    for (const { user, taste } of members) expect(await likedReplies(user, taste)).toBe(5);

    const admin = discord.world.addUser("admin");
    const started = await discord.command(admin, channel, "retrain", "now");
    const report = await waitFor(
      () => (/adopted/.test(started.content) ? started : undefined),
      "the report",
      90_000,
    );
    expect(report.content).toMatch(/held-out/);
    expect(report.history.length).toBeGreaterThan(1);
    expect(report.content).toMatch(new RegExp(`${MEMBERS} members`));

    for (const { user, taste } of members) expect(await likedReplies(user, taste)).toBe(5);
    const profile = await discord.command(members[0]!.user, channel, "profile", "view");
    expect(profile.content).toMatch(/after \d+ votes/);
  });

  /** Asks until {@link VOTES} ballots are answered, as the taste wants it. */
  async function castVotes(user: User, taste: Taste): Promise<void> {
    let votes = 0;
    for (let question = 0; question < 4 * VOTES && votes < VOTES; question++) {
      const message = await ask(user, question);
      if (!isBallot(message)) continue;
      const [a, b] = message.embeds.map(({ description }) => taste(styleOf(description!)!));
      running.discord.react(user, message, a === b ? "🤝" : a! > b! ? "🅰️" : "🅱️");
      await waitFor(() => (isBallot(message) ? undefined : true), "the vote");
      votes++;
    }
    expect(votes).toBeGreaterThan(2);
  }

  /** How many of five replies are in the style that this member likes best. */
  async function likedReplies(user: User, taste: Taste): Promise<number> {
    let liked = 0;
    for (let question = 0; question < 5; question++) {
      const message = await ask(user, question);
      const offered = isBallot(message)
        ? message.embeds.map(({ description }) => description!)
        : [message.content];
      // Among the four candidates one is worth 3.5 or more, the others half a point at most.
      if (offered.some((text) => taste(styleOf(text)!) > 3)) liked++;
    }
    return liked;
  }

  async function ask(user: User, question: number): Promise<StoredMessage> {
    const text = `How do I ${QUESTIONS[question % QUESTIONS.length]}?`;
    const message = running.discord.say(user, channel, text, { mentionBot: true });
    const [answer] = await running.discord.answersTo(message);
    return answer!;
  }
});
