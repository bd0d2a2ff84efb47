import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startScene } from "../fixtures.js";
import { askForBallot, outcomesOf, shows, textsOf } from "../support/asked-ballot.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import type { createRecordingLog } from "../support/recording-log.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const WARNING = 40;
const UNKNOWN_INTERACTION = 10062;
/** discord.js sends a request that fails four times. */
const ATTEMPTS = 4;
/** How often the bot sends it again while Discord is away. */
const PATIENCE = 4;
const MINUTE_MS = 60_000;

describe("when requests to Discord go wrong", () => {
  let running: RunningBot;
  let recording: ReturnType<typeof createRecordingLog>;
  let channel: Channel;
  let member: User;
  beforeEach(async () => {
    const stopTimes = { finishMs: 200, tellMs: 200, leaveMs: 200 };
    ({ running, channel, member, recording } = await startScene({ stopTimes }));
  });
  afterEach(() => running.close());

  const say = (place = channel) =>
    running.discord.say(member, place, "!plain How do I sleep better?", { mentionBot: true });
  const repliesTo = (id: string) =>
    running.discord.sentTo(channel).filter(({ repliesTo: target }) => target === id);
  const requests = (method: string, path: RegExp) =>
    running.discord.requests.filter((one) => one.method === method && path.test(one.path));
  const complaints = () => recording.events.filter(({ level }) => level >= WARNING);

  it("a limit of a second is waited for, and the answer comes once", async () => {
    running.discord.rest.faults.limit("POST", /messages$/, 1);
    const message = say();
    expect(await running.discord.answersTo(message)).toHaveLength(1);
    expect(complaints()).toEqual([]);
  });

  it("the global limit holds every request, and afterwards all answers come once", async () => {
    running.discord.rest.faults.limit("POST", /messages$/, 1, { global: true });
    const messages = [say(), say(), say()];
    for (const message of messages) await running.discord.answersTo(message);
    for (const { id } of messages) expect(repliesTo(id)).toHaveLength(1);
    expect(requests("POST", /messages$/).filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it("a limit of minutes in one channel delays nobody else, and no vote", async () => {
    const { discord } = running;
    await running.consent(channel, member);
    const ballot = await askForBallot(running, channel, member);
    const [a, b] = textsOf(ballot);
    const other = discord.createChannel(channel.guildId!, "other");
    discord.rest.faults.limit("POST", new RegExp(`${channel.id}/messages$`), 600);
    discord.rest.faults.limit("PATCH", /messages/, 600);
    say();
    await waitFor(() => requests("POST", /messages$/).at(-1)?.status === 429 || undefined, "it");
    discord.react(member, ballot, "🅰️");
    await waitForOutcome(1);
    discord.react(member, ballot, "🅱️");
    await waitForOutcome(0);
    expect(await discord.answersTo(say(other))).toHaveLength(1);
    expect(isBallot(ballot)).toBe(true);
    // What waits for minutes is given up at the end, and shown after the next start.
    expect(await running.bot.stop()).toBe(false);
    await running.restart();
    expect(a).not.toBe(b);
    await shows(ballot, b);
  });

  it("an outage longer than discord.js waits is waited for, and the answer comes once", async () => {
    running.discord.rest.fail("POST", /messages$/, 503, ATTEMPTS + 1);
    const message = say();
    expect(await running.discord.answersTo(message)).toHaveLength(1);
    expect(complaints()).toEqual([]);
  });

  it("an outage in the midst of a vote is waited for, and the ballot shows it", async () => {
    const { discord } = running;
    await running.consent(channel, member);
    const ballot = await askForBallot(running, channel, member);
    const [a] = textsOf(ballot);
    discord.rest.fail("PATCH", /messages/, 503, ATTEMPTS + 1);
    discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
    expect(complaints()).toEqual([]);
  });

  it("an outage in the midst of catching up is waited for, and no vote is overlooked", async () => {
    const { discord } = running;
    await running.consent(channel, member);
    const ballot = await askForBallot(running, channel, member);
    const [, b] = textsOf(ballot);
    await running.restart(() => {
      discord.react(member, ballot, "🅱️");
      discord.rest.fail("GET", /messages\/\d+$/, 503, ATTEMPTS + 1);
    });
    await shows(ballot, b);
    expect(await outcomesOf(running, channel, member)).toEqual([0]);
    expect(complaints()).toEqual([]);
  });

  describe("a long outage in the midst of catching up", () => {
    const putOff = () => recording.events.find(({ event }) => event === "ballots.catch-up-put-off");

    /** Two members vote while the bot is away, and Discord is away when it comes back. */
    async function comeBackInOutage() {
      const { discord } = running;
      const other = discord.world.addUser("other");
      await running.consent(channel, member, other);
      const first = await askForBallot(running, channel, member);
      const second = await askForBallot(running, channel, other);
      const votes = [first, second].map((ballot) => [ballot, textsOf(ballot)[1]!] as const);
      let before = 0;
      await running.restart(() => {
        before = discord.requests.length;
        discord.react(member, first, "🅱️");
        discord.react(other, second, "🅱️");
        discord.rest.fail("GET", /messages\/\d+$/, 503, ATTEMPTS * PATIENCE);
      });
      return { votes, requestsSince: () => discord.requests.slice(before) };
    }

    it("is waited for once, not for each ballot", async () => {
      const { votes, requestsSince } = await comeBackInOutage();
      expect(await waitFor(putOff, "the putting off")).toMatchObject({ ballots: 2 });
      const looks = requestsSince().filter(
        ({ method, path }) => method === "GET" && /messages\/\d+$/.test(path),
      );
      expect(new Set(looks.map(({ path }) => path)).size).toBe(1);
      running.discord.gateway.invalidateSessions(false);
      for (const [ballot, text] of votes) await shows(ballot, text);
    });

    it("overlooks no vote: a minute later the ballots are looked at again", async () => {
      const { setTimeout: wait } = globalThis;
      const minutes = vi
        .spyOn(globalThis, "setTimeout")
        .mockImplementation(((action: () => void, ms?: number, ...rest: []) =>
          wait(action, ms === MINUTE_MS ? 0 : ms, ...rest)) as typeof setTimeout);
      try {
        const { votes } = await comeBackInOutage();
        expect(await waitFor(putOff, "the putting off")).toMatchObject({ seconds: 60 });
        for (const [ballot, text] of votes) await shows(ballot, text);
      } finally {
        minutes.mockRestore();
      }
    });
  });

  it("an answer whose receipt gets lost again and again is still one message", async () => {
    running.discord.rest.faults.loseAnswer("POST", /messages$/, ATTEMPTS + 1);
    const message = say();
    await waitFor(
      () => recording.events.some(({ event }) => event === "reply.sent") || undefined,
      "it",
    );
    expect(requests("POST", /messages$/)).toHaveLength(ATTEMPTS + 2);
    expect(repliesTo(message.id)).toHaveLength(1);
  });

  it("a ballot whose receipt gets lost is one message, and its vote counts", async () => {
    await running.consent(channel, member);
    running.discord.rest.faults.loseAnswer("POST", /messages$/);
    const ballot = await askForBallot(running, channel, member);
    const [a] = textsOf(ballot);
    running.discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
    expect(running.discord.sentTo(channel)).toHaveLength(1);
  });

  it("a vote by button counts although Discord has given the interaction up", async () => {
    const { discord } = running;
    await running.consent(channel, member);
    const ballot = await askForBallot(running, channel, member);
    const [, b] = textsOf(ballot);
    discord.rest.fail("POST", /callback$/, 404, 1, UNKNOWN_INTERACTION);
    discord.press(member, channel, ballot, "B");
    await shows(ballot, b);
    expect(await outcomesOf(running, channel, member)).toEqual([0]);
    expect(complaints()).toEqual([]);
  });

  it("a command that Discord has given up ends without a second attempt and without an error", async () => {
    const { discord } = running;
    discord.rest.fail("POST", /callback$/, 404, 1, UNKNOWN_INTERACTION);
    discord.interactions.command(member, channel, "profile", "calibrate");
    await waitFor(
      () => recording.events.some(({ event }) => event === "command.failed") || undefined,
      "it",
    );
    expect(requests("POST", /callback$/)).toHaveLength(1);
    expect(complaints()).toEqual([]);
  });

  function waitForOutcome(outcome: number): Promise<true> {
    const stored = async () => (await outcomesOf(running, channel, member))[0] === outcome;
    return waitFor(async () => (await stored()) || undefined, `the outcome ${outcome}`);
  }
});
