import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startScene } from "../fixtures.js";
import { askForBallot, outcomesOf, shows, textsOf } from "../support/asked-ballot.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import type { createRecordingLog } from "../support/recording-log.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const WARNING = 40;
const CHOICES = ["🅰️", "🅱️", "🤝", "👎"];

describe("reactions", () => {
  let running: RunningBot;
  let recording: ReturnType<typeof createRecordingLog>;
  let channel: Channel;
  let member: User;
  beforeEach(async () => {
    ({ running, channel, member, recording } = await startScene({ consented: true }));
  });
  afterEach(() => running.close());

  const ask = (reactions?: number) => askForBallot(running, channel, member, reactions);
  const requestsSince = (start: number) => running.discord.requests.slice(start);

  it("cost no request each: of a storm of 5,000 after a broken connection each ballot is edited once or twice", async () => {
    const { discord } = running;
    const ballot = await ask();
    const [, b] = textsOf(ballot);
    const before = discord.requests.length;
    discord.gateway.dropConnections();
    for (let turn = 0; turn < 2_500; turn++) {
      const emoji = CHOICES[turn % 2]!;
      discord.react(member, ballot, emoji);
      if (turn < 2_499) discord.unreact(member, ballot, emoji);
    }
    await shows(ballot, b);
    expect(await outcomesOf(running, channel, member)).toEqual([0]);
    await running.bot.stop();
    expect(ballot.content).toBe(b);
    expect(requestsSince(before).length).toBeLessThan(10);
  });

  it("of 5,000 others on a ballot, and of anybody on other messages, cost no request at all", async () => {
    const { discord } = running;
    const ballot = await ask();
    const other = discord.say(member, channel, "just chatting");
    const [a] = textsOf(ballot);
    const before = discord.requests.length;
    discord.gateway.dropConnections();
    for (let crowd = 0; crowd < 2_500; crowd++) {
      const user = discord.world.addUser(`user${crowd}`);
      discord.react(user, ballot, CHOICES[crowd % 4]!);
      discord.react(user, other, CHOICES[crowd % 4]!);
    }
    discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
    await running.bot.stop();
    expect(requestsSince(before).map(({ method }) => method)).toEqual(["PATCH"]);
  });

  it("that come twice count once", async () => {
    const { discord } = running;
    const ballot = await ask();
    const [a] = textsOf(ballot);
    for (let time = 0; time < 3; time++) event("ADD", ballot, "🅰️");
    await shows(ballot, a);
    for (let time = 0; time < 2; time++) event("REMOVE", ballot, "🅱️");
    discord.react(member, ballot, "🤝");
    await waitForOutcomes([0.5]);
  });

  it("whose removal comes before them do not count", async () => {
    const ballot = await ask();
    event("REMOVE", ballot, "🅰️");
    event("ADD", ballot, "🅰️");
    // What is asked for afterwards comes afterwards.
    const [, b] = textsOf(ballot);
    await settled();
    expect(await outcomesOf(running, channel, member)).toEqual([]);
    expect(isBallot(ballot)).toBe(true);
    running.discord.react(member, ballot, "🅱️");
    await shows(ballot, b);
    expect(await outcomesOf(running, channel, member)).toEqual([0]);
  });

  it("that are taken back and put again at once count", async () => {
    const { discord } = running;
    const ballot = await ask();
    const [a] = textsOf(ballot);
    discord.react(member, ballot, "🅰️");
    discord.unreact(member, ballot, "🅰️");
    discord.react(member, ballot, "🅰️");
    await shows(ballot, a);
    expect(await outcomesOf(running, channel, member)).toEqual([1]);
  });

  it("on a ballot that is not in the store yet count, and others do not wait for it", async () => {
    const { discord } = running;
    const second = discord.world.addUser("second");
    await running.consent(channel, second);
    const early = await askForBallot(running, channel, second);
    const [earlyA] = textsOf(early);
    const release = holdTheAnswerTo("POST", /messages$/);
    const message = discord.say(member, channel, "How do I sleep better?", { mentionBot: true });
    const [ballot] = await discord.answersTo(message);
    const [a] = textsOf(ballot!);
    discord.react(member, ballot!, "🅰️");
    discord.react(second, early, "🅰️");
    await shows(early, earlyA);
    expect(isBallot(ballot!)).toBe(true);
    release();
    await shows(ballot!, a);
    expect(await outcomesOf(running, channel, member)).toEqual([1]);
  });

  it("on a member's message do not stop its words from being answered", async () => {
    const { discord } = running;
    const { world, gateway } = discord;
    const dispatch = gateway.dispatch.bind(gateway);
    const held: [string, unknown][] = [];
    gateway.dispatch = (...event) => void held.push(event);
    const message = discord.say(member, channel, "How do I sleep better?", { mentionBot: true });
    discord.react(world.addUser("quick"), message, "🎉");
    gateway.dispatch = dispatch;
    for (const [type, data] of held.reverse()) gateway.dispatch(type, data);
    expect(await discord.answersTo(message)).toHaveLength(1);
  });

  it("are caught up with after a session that can't be resumed", async () => {
    const { discord } = running;
    const voted = await ask();
    const [a, b] = textsOf(voted);
    discord.react(member, voted, "🅰️");
    await shows(voted, a);
    discord.gateway.forgetSessions();
    discord.unreact(member, voted, "🅰️");
    discord.react(member, voted, "🅱️");
    const before = discord.requests.length;
    discord.gateway.dropConnections();
    await shows(voted, b);
    const looks = requestsSince(before).filter(({ path }) => path.includes(voted.id));
    // The message and the two reactions on which the bot is not alone, at most; then the edit.
    expect(looks.length).toBeLessThanOrEqual(4);
  });

  it("leave no error in the log, whatever their order", async () => {
    const ballot = await ask();
    for (const emoji of [...CHOICES, "🎉"]) {
      event("REMOVE", ballot, emoji);
      event("ADD", ballot, emoji);
      event("ADD", ballot, emoji, "1");
    }
    await settled();
    await running.bot.stop();
    expect(recording.events.filter(({ level }) => level >= WARNING)).toEqual([]);
  });

  function event(kind: "ADD" | "REMOVE", message: StoredMessage, name: string, userId = member.id) {
    running.discord.gateway.dispatch(`MESSAGE_REACTION_${kind}`, {
      user_id: userId,
      channel_id: message.channelId,
      message_id: message.id,
      guild_id: channel.guildId,
      emoji: { id: null, name },
    });
  }

  /** The request is done, and the bot hears of it later. */
  function holdTheAnswerTo(method: string, path: RegExp): () => void {
    const { rest } = running.discord;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    rest.faults.holdAnswer(method, path, held);
    return release;
  }

  /** A message came after the reactions and was answered, and nothing was asked about a ballot meanwhile. */
  async function settled(): Promise<void> {
    const { discord } = running;
    for (let looks = 1; looks > 0; ) {
      const before = discord.requests.length;
      const message = discord.say(member, channel, "!plain Are you done?", { mentionBot: true });
      await discord.answersTo(message);
      looks = requestsSince(before).filter(({ path }) => path.includes("/reactions")).length;
    }
  }

  function waitForOutcomes(wanted: readonly number[]): Promise<true> {
    return waitFor(async () => {
      const found = await outcomesOf(running, channel, member);
      return JSON.stringify(found) === JSON.stringify(wanted) || undefined;
    }, `the outcomes ${wanted}`);
  }
});
