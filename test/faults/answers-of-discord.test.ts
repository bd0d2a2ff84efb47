import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HANDLERS } from "../../commands/all.js";
import { startBot } from "../../src/discord/gateway/bot.js";
import { startScene } from "../fixtures.js";
import { askForBallot, outcomesOf, shows, textsOf } from "../support/asked-ballot.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import type { createRecordingLog } from "../support/recording-log.js";
import type { RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const WARNING = 40;
const REACTIONS = /^channels\/\d+\/messages\/\d+\/reactions\/[^/]+$/;
const MESSAGES = /^channels\/\d+\/messages$/;

describe("what Discord answers is checked", () => {
  let running: RunningBot;
  let recording: ReturnType<typeof createRecordingLog>;
  let channel: Channel;
  let member: User;
  beforeEach(async () => {
    ({ running, channel, member, recording } = await startScene({ consented: true }));
  });
  afterEach(() => running.close());

  const complaints = () => recording.events.filter(({ level }) => level >= WARNING);
  const lists = () => running.discord.requests.filter(({ path }) => REACTIONS.test(path));
  const say = (text = "!plain Hello?", author = member) =>
    running.discord.say(author, channel, text, { mentionBot: true });
  const untilShown = (ballot: StoredMessage, text: string) => shows(ballot, text);

  it.each([
    ["after", ["after"]],
    ["after and limit", ["after", "limit"]],
  ])(
    "a vote is found though the server ignores %s where reactions are listed",
    async (_, names) => {
      const { discord } = running;
      const ballot = await askForBallot(running, channel, member);
      const [, b] = textsOf(ballot);
      await running.restart(() => {
        discord.rest.faults.ignore("GET", REACTIONS, names, 100);
        discord.react(member, ballot, "🅱️");
      });
      await untilShown(ballot, b);
      expect(await outcomesOf(running, channel, member)).toEqual([0]);
      expect(lists()).toHaveLength(1);
      expect(complaints()).toEqual([]);
    },
  );

  it("a vote stays if the list never comes to the member, however often it is asked", async () => {
    const { discord } = running;
    const ballot = await askForBallot(running, channel, member);
    const [a, b] = textsOf(ballot);
    discord.react(member, ballot, "🅰️");
    await untilShown(ballot, a);
    const [, first] = [...discord.world.users.values()];
    const page = [discord.world.bot, first].map((user) => ({ ...user, id: "100000000000000001" }));
    await running.restart(() => {
      for (let one = 0; one < 5; one++) discord.react(discord.world.addUser("x"), ballot, "🅰️");
      discord.rest.faults.alter("GET", REACTIONS, () => page, 1);
    });
    await running.bot.idle();
    expect(await outcomesOf(running, channel, member)).toEqual([1]);
    expect(lists()).toHaveLength(1);
    discord.react(member, ballot, "🅱️");
    await untilShown(ballot, b);
  });

  it.each([
    ["null", null],
    ["no list", { users: [] }],
    ["nothing but nulls", [null, { id: null }, 5]],
  ])("%s in the place of the list changes no vote that stands", async (_, answer) => {
    const { discord } = running;
    const ballot = await askForBallot(running, channel, member);
    const [a] = textsOf(ballot);
    discord.react(member, ballot, "🅰️");
    await untilShown(ballot, a);
    await running.restart(() => {
      discord.react(discord.world.addUser("other"), ballot, "🅰️");
      discord.rest.faults.alter("GET", REACTIONS, () => answer, 100);
    });
    await running.bot.idle();
    expect(await outcomesOf(running, channel, member)).toEqual([1]);
  });

  describe("messages between two sessions", () => {
    async function miss(change: (answer: unknown) => unknown): Promise<StoredMessage[]> {
      const { discord } = running;
      await discord.answersTo(say());
      const dispatch = discord.gateway.dispatch.bind(discord.gateway);
      discord.gateway.dispatch = () => undefined;
      const missed = [say("!plain One?"), say("!plain Two?"), say("!plain Three?")];
      discord.gateway.dispatch = dispatch;
      discord.rest.faults.alter("GET", MESSAGES, change, 1);
      discord.gateway.invalidateSessions(false);
      return missed;
    }
    type Raw = Record<string, unknown>;
    const second = (answer: unknown, change: (raw: Raw) => unknown) =>
      (answer as Raw[]).map((raw) => (String(raw.content).includes("Two") ? change(raw) : raw));

    it.each<[string, (raw: Raw) => unknown]>([
      ["thread: null", (raw) => ({ ...raw, thread: null })],
      ["author: null", (raw) => ({ ...raw, author: null })],
      ["mentions: null", (raw) => ({ ...raw, mentions: null })],
      ["poll of a wrong kind", (raw) => ({ ...raw, poll: 5 })],
      ["snapshots without a reference", (raw) => ({ ...raw, message_snapshots: [{}] })],
      ["no id", ({ id: _, ...raw }) => raw],
      ["null itself", () => null],
      ["another channel's", (raw) => ({ ...raw, channel_id: "100000000000000001" })],
    ])("%s passes over one, and not the channel", async (_, change) => {
      const [one, two, three] = await miss((answer) => second(answer, change));
      await running.discord.answersTo(one!);
      await running.discord.answersTo(three!);
      await running.bot.idle();
      const answered = running.discord.sentTo(channel).map(({ repliesTo }) => repliesTo);
      expect(answered).not.toContain(two!.id);
    });

    it("those of unknown types and with missing fields are no harm", async () => {
      const odd = (raw: Raw) => ({ ...raw, type: 999, flags: undefined, components: undefined });
      const [one, , three] = await miss((answer) => second(answer, odd));
      await running.discord.answersTo(one!);
      await running.discord.answersTo(three!);
      expect(complaints().filter(({ event }) => event !== "discord.connection")).toEqual([]);
    });

    it("old ones are not answered if the server ignores `after`", async () => {
      const { discord } = running;
      const old = discord.world.addMessage({
        channelId: channel.id,
        author: member,
        content: "!plain Long ago?",
        mentions: [discord.world.bot],
        id: "200000000000000001",
      });
      discord.rest.faults.ignore("GET", MESSAGES, ["after"], 1);
      const [one] = await miss((answer) => answer);
      await discord.answersTo(one!);
      await running.bot.idle();
      expect(discord.sentTo(channel).map(({ repliesTo }) => repliesTo)).not.toContain(old.id);
    });
  });

  it("a ballot whose message discord.js can't take is passed over, and the others are not", async () => {
    const { discord } = running;
    const other = discord.world.addUser("other");
    await running.consent(channel, other);
    const good = await askForBallot(running, channel, other);
    const bad = await askForBallot(running, channel, member);
    const [, b] = textsOf(good);
    await running.restart(() => {
      discord.react(other, good, "🅱️");
      const alter = (answer: unknown) => ({ ...(answer as object), thread: null });
      discord.rest.faults.alter("GET", new RegExp(`messages/${bad.id}$`), alter, 100);
    });
    await untilShown(good, b);
    await running.bot.idle();
    const events = complaints().map(({ event, messageId }) => [event, messageId]);
    expect(events).toEqual([["ballot.catch-up-failed", bad.id]]);
    expect(await discord.answersTo(say())).toHaveLength(1);
  });

  it("a server that can't be checked at the start stops no answer", async () => {
    const { departures } = running.test.services;
    await running.bot.stop();
    running.discord.gateway.forgetSessions();
    departures.reconcile = async () => {
      throw new TypeError("a record that nobody understands");
    };
    const { token, apiUrl } = running.discord;
    const { services } = running.test;
    running.bot = await startBot({
      token,
      apiUrl,
      services,
      handlers: HANDLERS,
      log: recording.log,
    });
    expect(await running.discord.answersTo(say())).toHaveLength(1);
    expect(complaints().map(({ event }) => event)).toContain("discord.handler-failed");
  });

  it("a ballot that can't be shown is passed over", async () => {
    const { discord } = running;
    const other = discord.world.addUser("other");
    await running.consent(channel, other);
    const good = await askForBallot(running, channel, other);
    const bad = await askForBallot(running, channel, member);
    const [, b] = textsOf(good);
    await running.restart(() => {
      discord.react(other, good, "🅱️");
      discord.react(member, bad, "🅰️");
      discord.rest.fail("PATCH", new RegExp(`messages/${bad.id}$`), 400, 100, 50035);
    });
    await untilShown(good, b);
    await running.bot.idle();
    expect(complaints().map(({ event, messageId }) => [event, messageId])).toEqual([
      ["ballot.unshown", bad.id],
    ]);
  });

  it("deleted messages of other channels write nothing to the store", async () => {
    const { discord, test } = running;
    const { ballots } = test.services.store;
    const ballot = await askForBallot(running, channel, member);
    const deleted: (readonly string[])[] = [];
    const deleteMany = ballots.deleteMany.bind(ballots);
    ballots.deleteMany = (keys) => {
      deleted.push(keys);
      return deleteMany(keys);
    };
    const foreign = discord.world.addUser("somebody");
    for (let count = 0; count < 5; count++) {
      discord.remove(discord.say(foreign, channel, "not for the bot"));
    }
    discord.removeInBulk([
      discord.say(foreign, channel, "one"),
      discord.say(foreign, channel, "two"),
      ballot,
    ]);
    await discord.gateway.settled();
    await running.bot.idle();
    expect(deleted).toEqual([[ballot.id]]);
    expect(await test.services.ballots.get(ballot.id)).toBeUndefined();
  });

  it.each([
    ["a mention", false],
    ["a reply", true],
  ])("%s in a thread that Discord has not told of is answered there", async (_, replies) => {
    const { discord } = running;
    const thread = discord.createThread(channel, "untold", false);
    const before = discord.world.addMessage({
      channelId: thread.id,
      author: discord.world.bot,
      content: "Hello.",
    });
    discord.say(member, thread, "not for the bot");
    const options = replies ? { replyTo: before } : { mentionBot: true };
    const message = discord.say(member, thread, "!plain Hello?", options);
    expect(await discord.answersTo(message)).toHaveLength(1);
    expect(complaints()).toEqual([]);
  });
});

describe("the acknowledgement of a tap", () => {
  let running: RunningBot;
  let channel: Channel;
  let member: User;
  beforeEach(async () => {
    ({ running, channel, member } = await startScene());
  });
  afterEach(() => running.close());

  const CALLBACK = /callback$/;
  const consent = () =>
    running.test.services.consents.get({ guildId: channel.guildId!, memberId: member.id });
  async function question(): Promise<StoredMessage> {
    const hello = running.discord.say(member, channel, "How do I sleep?", { mentionBot: true });
    const [, asked] = await running.discord.answersTo(hello, 2);
    return asked!;
  }

  it.each([
    ["is given up", 404, 10062],
    ["meets an outage", 503, 0],
  ])("of consent that %s leaves the question, and nothing is stored", async (_, status, code) => {
    const { discord } = running;
    const asked = await question();
    const { content } = asked;
    discord.rest.fail("POST", CALLBACK, status, status === 503 ? 8 : 1, code);
    discord.press(member, channel, asked, "Yes, learn what I like");
    await waitFor(
      () => discord.requests.some(({ path }) => CALLBACK.test(path)) || undefined,
      "the tap",
    );
    await running.bot.idle();
    expect(asked.content).toBe(content);
    expect((await consent())?.state).toBe("asked");
    discord.press(member, channel, asked, "Yes, learn what I like");
    await waitFor(() => asked.content !== content || undefined, "the answer to the second tap");
    expect((await consent())?.state).toBe("granted");
  });

  it("whose receipt gets lost counts, and the question is answered", async () => {
    const { discord } = running;
    const asked = await question();
    const { content } = asked;
    discord.rest.faults.loseAnswer("POST", CALLBACK);
    discord.press(member, channel, asked, "Yes, learn what I like");
    await waitFor(() => asked.content !== content || undefined, "the answer");
    expect((await consent())?.state).toBe("granted");
  });
});
