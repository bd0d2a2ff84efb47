import { afterEach, describe, expect, it } from "vitest";
import { startScene } from "../fixtures.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { seriesValue } from "../support/metrics-text.js";
import { isBallot, type RunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const ANSWER = "Water the plants in the morning.";
const NOON = Date.UTC(2026, 0, 31, 12);
const MINUTE_MS = 60_000;

describe("limits on Discord", () => {
  let running: RunningBot;
  let channel: Channel;
  let guildId: string;
  let member: User;
  let other: User;
  let now = NOON;
  afterEach(() => running.close());

  it("a storm gets so many answers and one sentence; others are answered as ever", async () => {
    await start({ MESSAGES_PER_MINUTE: "3/100/100" });
    for (let at = 0; at < 40; at++) say(member, `Question ${at}`);
    const sent = await sentUntilQuietFor(other);
    const told = sent.filter((content) => content !== ANSWER);
    expect(told).toEqual([
      `Your messages for this minute are used up: please try again <t:${(NOON + MINUTE_MS) / 1000}:R>.`,
    ]);
    expect(sent).toHaveLength(3 + 1 + 1);
    now += MINUTE_MS;
    expect(await answerTo(member, "And now?")).toBe(ANSWER);
  });

  it("what says nothing, and what asks plainly, counts too", async () => {
    await start({ MESSAGES_PER_MINUTE: "2/100/100" });
    expect(await answerTo(member, "")).toMatch(/Write your question/);
    expect(await answerTo(member, "!plain When?")).toBe(ANSWER);
    expect(await answerTo(member, "When?")).toMatch(/used up/);
  });

  it("a day's limit holds over a restart, and ends with the day", async () => {
    await start({ MESSAGES_PER_DAY: "2/100/100" });
    expect(await answerTo(member, "One?")).toBe(ANSWER);
    await running.restart();
    expect(await answerTo(member, "Two?")).toBe(ANSWER);
    await running.restart();
    expect(await answerTo(member, "Three?")).toMatch(/messages for today are used up/);
    now = Date.UTC(2026, 1, 1);
    expect(await answerTo(member, "Tomorrow?")).toBe(ANSWER);
  });

  it("tokens run low: fewer candidates, then one, then the sentence with the time", async () => {
    // 100 tokens in, 50 out for each candidate; before it is sent a request needs what it may take at most.
    const tokens = {
      TOKENS_PER_DAY: "5000/100000/100000/100000",
      MAXIMUM_OUTPUT_TOKENS: "64",
      QUESTIONS_PER_DAY: "0",
    };
    await start(tokens, false);
    await running.consent(channel, member);
    // Steered answers take more than one request each; test/discord/steering-doses has those.
    const key = { guildId: channel.guildId!, memberId: member.id };
    await running.test.services.consents.setSteered(key, false);
    const wanted: number[] = [];
    let last = "";
    for (let at = 0; at < 40 && !/used up/.test(last); at++) {
      const before = running.openai.requests.length;
      last = await answerTo(member, `Question ${at}`);
      const request = running.openai.requests[before];
      if (request !== undefined) wanted.push(request.n ?? 1);
    }
    expect(last).toMatch(/^Your budget for today is used up: please try again <t:1769904000:R>\.$/);
    expect(wanted).toEqual([...wanted].sort((first, second) => second - first));
    expect(new Set(wanted).size).toBeGreaterThan(1);
    expect(wanted[0]).toBe(4);
    expect(running.test.services.limits.usedToday(member.id).tokens).toBeLessThanOrEqual(5_000);
    expect(await answerTo(other, "And I?")).not.toMatch(/used up/);
  });

  it("a right-click that makes an answer counts, and is refused in private each time", async () => {
    await start({ MESSAGES_PER_MINUTE: "2/100/100" });
    const message = say(member, "When do I water?");
    const [answer] = await running.discord.answersTo(message);
    const again = async () => {
      const name = "Answer without my profile";
      const open = running.discord.interactions.contextMenu(member, channel, name, answer!);
      const { content, ephemeral } = await running.discord.answered(open);
      expect(ephemeral).toBe(true);
      return content;
    };
    expect(await again()).toBe(ANSWER);
    const asked = running.openai.requests.length;
    expect(await again()).toMatch(/used up/);
    expect(await again()).toMatch(/used up/);
    expect(running.openai.requests).toHaveLength(asked);
  });

  it("past the ballots of a server members get answers in their place", async () => {
    await start({ BALLOTS_PER_DAY: "1/1" }, false);
    await running.consent(channel, member, other);
    const first = await running.discord.answersTo(say(member, "How do I sleep better?"));
    expect(isBallot(first[0]!)).toBe(true);
    const second = await running.discord.answersTo(say(other, "How do I sleep better?"));
    expect(isBallot(second[0]!)).toBe(false);
    expect(await running.test.services.questions.askedToday({ guildId, memberId: other.id })).toBe(
      0,
    );
  });

  it("so many requests at once, whoever asks, and everybody gets one answer", async () => {
    await start({ REQUESTS_AT_ONCE: "2" });
    running.openai.fail({ kind: "delay", ms: 20 }, 100);
    const members = Array.from({ length: 12 }, (_, at) =>
      running.discord.world.addUser(`member-${at}`),
    );
    const messages = members.map((one) => say(one, "When?"));
    for (const message of messages) {
      expect(await running.discord.answersTo(message)).toHaveLength(1);
    }
    expect(running.openai.mostAtOnce).toBe(2);
  });

  it("members take turns: one who asks a lot does not make another wait", async () => {
    await start({ REQUESTS_AT_ONCE: "1" });
    const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
    running.openai.fail({ kind: "hold", until });
    const storm = [1, 2, 3, 4].map((at) => say(member, `Question ${at}`));
    const single = say(other, "And I?");
    await waitFor(async () => (await waiting()) === 4 || undefined, "the line behind the first");
    goOn();
    for (const message of [...storm, single]) await running.discord.answersTo(message);
    expect(running.discord.sentTo(channel)).toHaveLength(5);
    // In which order they were written: which of two is posted first is Discord's affair.
    const asked = running.openai.requests.map((request) => JSON.stringify(request));
    const order = [...new Set(asked.map((request) => /Question \d|And I\?/.exec(request)?.[0]))];
    expect(order.indexOf("And I?")).toBeGreaterThan(-1);
    expect(order.indexOf("And I?")).toBeLessThanOrEqual(2);
  });

  it("/status shows how far today's budgets are used", async () => {
    await start({ MESSAGES_PER_DAY: "10/20/40", BALLOTS_PER_DAY: "10/20" });
    const admin = manager();
    await answerTo(member, "When?");
    const { content } = await running.discord.command(admin, channel, "status");
    expect(content).toContain("1 of 40 messages of this server (3 %)");
    expect(content).toContain("0 of 20 ballots of this server (0 %)");
    expect(content).toMatch(/[1-9]\d* of 1500000 tokens of this server \(0 %\)/);
    expect(content).toMatch(/about 0 % of the tokens of all servers together/);
    const owner = running.discord.world.developer;
    running.discord.world.managers.add(owner.id);
    const exact = await running.discord.command(owner, channel, "status");
    expect(exact.content).toMatch(/[1-9]\d* of 3000000 tokens of all servers \(0 %\)/);
  });

  it("tokens of embeddings count in the budget and in /status", async () => {
    await start({ EMBEDDING_MODEL: "loopback-embedding", EMBEDDING_DIMENSIONS: "8" });
    await running.consent(channel, member);
    const { limits, usage } = running.test.services;
    await answerTo(member, "When?");
    // The budget counts at once, the cost when it is written.
    const embeddingTokens = await waitFor(async () => {
      const total = await usage.total();
      const spent = limits.budgets({}).find(({ unit }) => unit === "tokensPerDay")!.used;
      const { inputTokens, outputTokens, embeddingTokens: embedded = 0 } = total;
      const isAll = spent === inputTokens + outputTokens + embedded;
      return isAll && embedded > 0 ? embedded : undefined;
    }, "the tokens of the embeddings");
    const owner = running.discord.world.developer;
    running.discord.world.managers.add(owner.id);
    const { content } = await running.discord.command(owner, channel, "status");
    expect(content).toContain(`${embeddingTokens} for embeddings`);
  });

  it("/retrain now comes once in a while, and says when the next one may", async () => {
    await start({ RETRAIN_MINUTES: "10" });
    const owner = running.discord.world.developer;
    const retrain = (where = channel) => running.discord.command(owner, where, "retrain", "now");
    const trained = async (where?: Channel) => {
      const answer = await retrain(where);
      // It may still show the progress.
      await waitFor(() => /at least 5 members/.test(answer.content) || undefined, "the refusal");
    };
    await trained();
    now += 9 * MINUTE_MS;
    expect((await retrain()).content).toMatch(/the next one is possible <t:1769861400:R>\./);
    const elsewhere = running.discord.createGuild("elsewhere").channel;
    // It acts on all servers, so the pause is for all of them.
    expect((await retrain(elsewhere)).content).toMatch(/the next one is possible/);
    now += MINUTE_MS;
    await trained(elsewhere);
  });

  it("/retrain now takes no turn if another training is already running", async () => {
    await start({ RETRAIN_MINUTES: "10" });
    const { store } = running.test.services;
    const beginnings = store.comparisons.beginnings.bind(store.comparisons);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    store.comparisons.beginnings = async function* (colons) {
      await held;
      yield* beginnings(colons);
    };
    const scheduled = running.test.services.retraining.run(() => undefined);
    const owner = running.discord.world.developer;
    const said = async (pattern: RegExp) => {
      const answer = await running.discord.command(owner, channel, "retrain", "now");
      await waitFor(() => pattern.test(answer.content) || undefined, String(pattern));
    };
    await said(/already running/);
    letGo();
    await expect(scheduled).rejects.toThrow(/at least/);
    // The turn was given back, and is taken now.
    await said(/at least/);
    await said(/the next one is possible/);
  });

  async function start(environment: NodeJS.ProcessEnv, sameAnswer = true) {
    now = NOON;
    const defaults = { BALLOTS_PER_DAY: "100/300", TOKENS_PER_DAY: undefined };
    const scene = await startScene({
      ...(sameAnswer && { openai: { answer: () => ANSWER } }),
      environment: { ...defaults, ...environment },
      clock: () => now,
    });
    ({ running, channel, member, other } = scene);
    guildId = scene.guild.id;
  }

  /** How many wait for the language model. */
  async function waiting(): Promise<number | undefined> {
    const text = await running.test.services.metrics.registry.metrics();
    return seriesValue(text, "attune_language_model_waiting");
  }

  function manager(): User {
    const admin = running.discord.world.addUser("admin");
    running.discord.world.managers.add(admin.id);
    return admin;
  }

  const say = (user: User, text: string) =>
    running.discord.say(user, channel, text, { mentionBot: true });

  async function answerTo(user: User, text: string): Promise<string> {
    const [answer] = await running.discord.answersTo(say(user, text));
    return answer!.content;
  }

  /** What was sent once `user` has asked and been answered, and nothing is in hand any more. */
  async function sentUntilQuietFor(user: User): Promise<string[]> {
    await answerTo(user, "And I?");
    // Stopping waits for all that is in hand.
    await running.restart();
    return running.discord.sentTo(channel).map(({ content }) => content);
  }
});
