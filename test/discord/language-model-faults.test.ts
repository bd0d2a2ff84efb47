import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startScene } from "../fixtures.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import type { Fault } from "../support/loopback-openai-faults.js";
import type { RecordedEvent } from "../support/recording-log.js";
import type { RunningBot } from "../support/running-bot.js";

const ANSWER = "Water the plants in the morning.";

/** Those after which the server is left alone at once: a restart makes the bot forget them. */
const PAUSING: readonly Fault[] = [
  { kind: "status", status: 401 },
  { kind: "status", status: 404, code: "model_not_found" },
  { kind: "status", status: 429, code: "insufficient_quota" },
  { kind: "status", status: 429, retryAfter: "720" },
  { kind: "status", status: 503, retryAfter: "1800" },
];

const PASSING: readonly Fault[] = [
  { kind: "status", status: 429 },
  { kind: "status", status: 500 },
  { kind: "status", status: 503 },
  { kind: "status", status: 403 },
  { kind: "status", status: 400, code: "content_filter" },
  { kind: "status", status: 400, code: "context_length_exceeded" },
  { kind: "filtered" },
  { kind: "empty" },
  { kind: "choiceless" },
  { kind: "notJson" },
  { kind: "brokenJson" },
  { kind: "null" },
  { kind: "huge", bytes: 10_000_000 },
  { kind: "hangUp" },
  { kind: "cutOff" },
  { kind: "delay", ms: 6_000 },
];

describe("when the language model fails", () => {
  let running: RunningBot;
  let events: RecordedEvent[];
  let channel: Channel;
  let member: User;
  beforeAll(async () => {
    const scene = await startScene({
      openai: { answer: () => ANSWER },
      // Long enough for a busy machine.
      environment: { OPENAI_TIMEOUT_MS: "5000" },
    });
    ({ running, channel, member } = scene);
    events = scene.recording.events;
  });
  afterAll(() => running.close());

  it.each(PASSING)(
    "the member gets one sentence, and the next answer: $kind $status $code",
    async (fault) => {
      await expectOneSentence(fault);
      running.openai.recover();
      expect(await sentAfter("And now?")).toEqual([ANSWER]);
    },
  );

  it.each(PAUSING)(
    "for long the member gets one sentence, and the admin one line: $status $code",
    async (fault) => {
      await expectOneSentence(fault);
      const asked = running.openai.requests.length;
      events.length = 0;
      for (const word of ["one", "two", "three"]) {
        const [sentence, ...more] = await sentAfter(`And now, ${word}?`);
        expectShort(sentence!);
        expect(more).toEqual([]);
      }
      expect(running.openai.requests).toHaveLength(asked);
      expect(events.filter(({ level }) => level >= 40)).toEqual([]);
      running.openai.recover();
      await running.restart();
      expect(await sentAfter("And now?")).toEqual([ANSWER]);
    },
  );

  it("again and again, nothing more is asked of it for a while, and members are told until when", async () => {
    running.openai.fail({ kind: "status", status: 502 }, 1_000);
    for (let time = 0; time < 4; time++) await sentAfter("Hello?");
    const asked = running.openai.requests.length;
    expect(await sentAfter("Hello?")).toEqual([expect.stringMatching(/try again <t:\d+:R>\.$/)]);
    expect(running.openai.requests).toHaveLength(asked);
    const pauses = events.filter(({ event }) => event === "language-model.paused");
    expect(pauses.at(-1)).toMatchObject({ kind: "unavailable", server: "language model" });
    running.openai.recover();
    await running.restart();
  });

  it("a right-click for a plain answer gets the sentence too", async () => {
    const message = running.discord.say(member, channel, "When do I water?", { mentionBot: true });
    const [answer] = await running.discord.answersTo(message);
    running.openai.fail({ kind: "status", status: 500 }, 50);
    const open = running.discord.interactions.contextMenu(
      member,
      channel,
      "Answer without my profile",
      answer!,
    );
    expectShort((await running.discord.answered(open)).content);
    running.openai.recover();
  });

  async function expectOneSentence(fault: Fault) {
    running.openai.fail(fault, 50);
    const [sentence, ...more] = await sentAfter("When do I water?");
    expectShort(sentence!);
    expect(more).toEqual([]);
  }

  function expectShort(sentence: string) {
    expect(sentence).toMatch(/^[^.!?\n]+: please .+\.$/);
    expect(sentence.length).toBeLessThan(160);
    expect(sentence).not.toMatch(/Error|node_modules|http|undefined|demand/);
  }

  /** All that the bot sends to the channel until it has dealt with `text`. */
  async function sentAfter(text: string): Promise<string[]> {
    const { discord } = running;
    const before = discord.sentTo(channel).length;
    await discord.answersTo(discord.say(member, channel, text, { mentionBot: true }));
    return discord
      .sentTo(channel)
      .slice(before)
      .map(({ content }) => content);
  }
});
