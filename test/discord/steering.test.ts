/** How members' taste reaches the language model, through the whole bot, with a model that obeys literally. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emptyDoseTable } from "../../models/steering/dose-response.js";
import { FORM_ALONE } from "../../src/conversation/steering/directive-text.js";
import { consentKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import { costOf, toldIn } from "../support/asked-manners.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import type { ChatRequest } from "../support/loopback-openai.js";
import { obedientAnswer, REFUSAL, SUBSTANCE, sentencesTold } from "../support/obedient-answers.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { plantTaste } from "../support/strong-taste.js";
import { waitFor } from "../support/wait-for.js";

const PLAIN_QUESTION = "How do I cook rice?";
const LENGTH = /^Write about \d+ words\.$/;

describe("a member's taste", () => {
  let running: RunningBot;
  let discord: LoopbackDiscord;
  let channel: Channel;
  let member: User;
  let key: MemberKey;
  let members = 0;
  beforeAll(async () => {
    running = await startRunningBot({ openai: { answer: obedientAnswer } });
    discord = running.discord;
    channel = discord.createGuild("lounge").channel;
  });
  afterAll(() => running.close());
  beforeEach(async () => {
    member = discord.world.addUser(`member${++members}`);
    key = { guildId: channel.guildId!, memberId: member.id };
    await running.consent(channel, member);
  });

  it.each([3, -3, 40, -40])(
    "of %i on every axis changes no fact, number, warning or refusal",
    async (size) => {
      await plantTaste(running.test, key, size);
      const { requests, texts } = await ask(PLAIN_QUESTION);
      expect(toldIn(requests).length).toBeGreaterThan(0);
      for (const text of texts) for (const fact of SUBSTANCE) expect(text).toContain(fact);
      for (const text of (await ask("Tell me what is forbidden.")).texts) {
        expect(text).toContain(REFUSAL);
      }
    },
  );

  it("asks for what can be seen in the answer: short here, long there", async () => {
    await plantTaste(running.test, key, [-3]);
    const short = await ask(PLAIN_QUESTION);
    const other = discord.world.addUser(`other${members}`);
    await running.consent(channel, other);
    await plantTaste(running.test, { ...key, memberId: other.id }, [3]);
    const long = await ask(PLAIN_QUESTION, other);
    expect(wordsAsked(short.requests)).toBeLessThan(wordsAsked(long.requests));
    expect(short.texts[0]!.length).toBeLessThan(long.texts[0]!.length);
  });

  it("is said at the end of the system message, below the line that keeps facts as they are", async () => {
    await plantTaste(running.test, key, 3);
    const { requests } = await ask(PLAIN_QUESTION);
    for (const { messages } of requests) {
      const lines = messages[0]!.content.split("\n");
      if (sentencesTold(messages[0]!.content).length === 0) continue;
      expect(lines.at(-2)).toBe(FORM_ALONE);
      expect(sentencesTold(messages[0]!.content).join(" ")).toBe(lines.at(-1));
    }
  });

  it.each(["My dog died yesterday.", "Help me, it is urgent!!"])(
    "has no word in an answer to an urgent or emotional message: %s",
    async (text) => {
      await plantTaste(running.test, key, 3);
      const { requests } = await ask(text);
      expect(toldIn(requests)).toEqual([]);
      expect(JSON.stringify(requests)).not.toContain(FORM_ALONE);
    },
  );

  it.each(["Write a function that adds two numbers in Python.", "What is 17 * 23?"])(
    "says how long where it is about code or calculation, and nothing else: %s",
    async (text) => {
      for (const size of [3, -3]) {
        await plantTaste(running.test, key, size);
        const told = toldIn((await ask(text)).requests);
        expect(told.length).toBeGreaterThan(0);
        expect(told.filter((sentence) => !LENGTH.test(sentence))).toEqual([]);
      }
    },
  );

  it("costs one request for each manner while it is in doubt, and one in all when it is known", async () => {
    const stranger = discord.world.addUser(`stranger${members}`);
    expect(costOf((await ask(PLAIN_QUESTION, stranger)).requests)).toEqual({
      requests: 1,
      answers: 4,
    });
    const unknown = costOf((await ask(PLAIN_QUESTION)).requests);
    expect(unknown).toMatchObject({ answers: 4 });
    expect(unknown.requests).toBeLessThanOrEqual(4);
    await plantTaste(running.test, key, 3);
    // The language model was not seen to do as it is told yet: there is still a choice.
    const { doses, steering } = running.test.services;
    await steering.settled();
    const { axes, plain } = await doses.learned();
    await doses.change(() => ({ axes: emptyDoseTable(), plain }));
    expect(costOf((await ask(PLAIN_QUESTION)).requests)).toMatchObject({ answers: 4 });
    await steering.settled();
    const seen = { count: 100, doseSquares: 400, products: 200, responseSquares: 130 };
    const names = Object.keys(axes) as (keyof typeof axes)[];
    const obeyed = Object.fromEntries(names.map((name) => [name, seen])) as typeof axes;
    await doses.change(() => ({ axes: obeyed, plain }));
    expect(costOf((await ask(PLAIN_QUESTION)).requests)).toEqual({ requests: 1, answers: 3 });
    expect(costOf((await ask("!plain How?")).requests)).toEqual({ requests: 1, answers: 1 });
  });

  it("is shown in the very words that go along, and each axis can be switched off and on", async () => {
    await plantTaste(running.test, key, [-3]);
    const view = await discord.command(member, channel, "profile", "view");
    const [sentence] = toldIn((await ask(PLAIN_QUESTION)).requests);
    expect(sentence).toMatch(LENGTH);
    expect(view.content).toContain(`“${sentence}`);
    const adjusting = await discord.command(member, channel, "profile", "adjust");
    const menu = adjusting.components[1]!.components[0]!;
    expect(menu.options!.map((option) => option.value)).toHaveLength(6);
    const choose = async (values: string[]) => {
      const shown = adjusting.history.length;
      discord.interactions.select(member, channel, adjusting, menu.custom_id, values);
      await waitFor(() => adjusting.history.length > shown || undefined, "the switch");
    };
    const all = menu.options!.map((option) => option.value);
    await choose(all.filter((axis) => axis !== "length"));
    expect(adjusting.content).toMatch(/Switched off: length\./);
    const without = toldIn((await ask(PLAIN_QUESTION)).requests);
    expect(without.filter((one) => LENGTH.test(one))).toEqual([]);
    await choose([]);
    expect(toldIn((await ask(PLAIN_QUESTION)).requests)).toEqual([]);
    await choose(all);
    expect(toldIn((await ask(PLAIN_QUESTION)).requests)).toContain(sentence);
  });

  it("is told of an answer, in the sentence that was asked for, to its member alone", async () => {
    await plantTaste(running.test, key, [-3]);
    const { answer, requests } = await ask(PLAIN_QUESTION);
    expect(isBallot(answer)).toBe(false);
    const why = await waitFor(async () => {
      const shown = await discord.contextMenu(member, channel, "Why this answer?", answer);
      return /was told/.test(shown.content) ? shown : undefined;
    }, "the reason");
    expect(why.content).toContain(`“${toldIn(requests).join(" ")}”`);
    const other = discord.world.addUser(`curious${members}`);
    const refused = await discord.contextMenu(other, channel, "Why this answer?", answer);
    expect(refused.content).not.toMatch(/was told/);
  });

  it("of a ballot is told when it is over: in which manner each answer was asked for", async () => {
    const answer = await askForBallot();
    const before = await discord.contextMenu(member, channel, "Why this answer?", answer);
    expect(before.content).not.toMatch(/was told|plain answer: the/);
    discord.react(member, answer, "🅰️");
    const { ballots } = running.test.services;
    await waitFor(
      async () => (await ballots.get(answer.id))?.choices.length || undefined,
      "the vote",
    );
    const after = await discord.contextMenu(member, channel, "Why this answer?", answer);
    const { candidates } = (await ballots.stored(answer.id))!;
    for (const { manner } of candidates) {
      for (const directive of manner!.directives) {
        expect(after.content).toContain(directive.words ? `${directive.words} words` : "was told");
      }
    }
    expect(after.content).toMatch(/A: .*\nB: /);
  });

  it("is said to the model's provider only by whoever agreed to that, and is asked about once", async () => {
    await agreedToLess();
    await plantTaste(running.test, key, 3);
    const first = await ask(PLAIN_QUESTION);
    expect(toldIn(first.requests)).toEqual([]);
    const question = await waitFor(() => questionBelow(first.message), "the question");
    expect(question.content).toMatch(/something new/);
    const second = await ask(PLAIN_QUESTION);
    expect(toldIn(second.requests)).toEqual([]);
    await running.bot.idle();
    expect(questionBelow(second.message)).toBeUndefined();
    discord.press(member, channel, question, "Yes, tell it how I like answers");
    await waitFor(
      async () => (await running.test.services.consents.toldOf(key)).agreed || undefined,
      "the yes",
    );
    expect(toldIn((await ask(PLAIN_QUESTION)).requests).length).toBeGreaterThan(0);
  });

  it("stays with whoever says no to that, and goes nowhere", async () => {
    await agreedToLess();
    await plantTaste(running.test, key, 3);
    const { message } = await ask(PLAIN_QUESTION);
    const question = await waitFor(() => questionBelow(message), "the question");
    discord.press(member, channel, question, "No, thanks");
    await waitFor(() => /hears nothing/.test(question.content) || undefined, "the no");
    expect(await running.test.services.consents.stanceOf(key)).toBe("personal");
    const again = await ask(PLAIN_QUESTION);
    expect(toldIn(again.requests)).toEqual([]);
    await running.bot.idle();
    expect(questionBelow(again.message)).toBeUndefined();
    const view = await discord.command(member, channel, "profile", "view");
    expect(view.content).toMatch(/tell the language model about your taste\*\*: nothing/);
  });

  it("goes along with nothing while it is paused, and with nothing after it was deleted", async () => {
    await plantTaste(running.test, key, 3);
    await running.test.services.consents.pause(key);
    expect(toldIn((await ask(PLAIN_QUESTION)).requests)).toEqual([]);
    await running.test.services.consents.resume(key);
    expect(toldIn((await ask(PLAIN_QUESTION)).requests).length).toBeGreaterThan(0);
    await running.test.services.memberData.delete(member.id, "everywhere");
    expect(toldIn((await ask(PLAIN_QUESTION)).requests)).toEqual([]);
  });

  it("leaves no question behind after a reset whose answers it had a word in", async () => {
    await askForBallot();
    const { memberData } = running.test.services;
    await waitFor(async () => (await memberData.ballotsOf(key)).length || undefined, "the ballot");
    const [[, ballot] = []] = await memberData.ballotsOf(key);
    const steered = ballot!.candidates.some(({ manner }) => manner!.directives.length > 0);
    await memberData.reset(key);
    expect((await memberData.ballotsOf(key)).length).toBe(steered ? 0 : 1);
  });

  async function askForBallot(): Promise<StoredMessage> {
    for (let question = 1; question <= 20; question++) {
      const { answer } = await ask(`${PLAIN_QUESTION} Number ${question}`);
      if (isBallot(answer)) return answer;
    }
    throw new Error("Of twenty answers to a new member one should be a ballot.");
  }

  async function agreedToLess(): Promise<void> {
    const { wording: _wording, ...older } = (await running.test.services.consents.get(key))!;
    await running.test.services.store.consents.set(consentKey(key), older);
  }

  async function ask(text: string, user = member) {
    const before = running.openai.requests.length;
    const message = discord.say(user, channel, text, { mentionBot: true });
    const [answer] = await discord.answersTo(message);
    await running.bot.idle();
    const requests = running.openai.requests.slice(before);
    const texts = isBallot(answer!)
      ? answer!.embeds.map(({ description = "" }) => description)
      : [answer!.content];
    return { message, answer: answer!, requests, texts };
  }

  /** The question of consent below the answers to `message`. */
  function questionBelow(message: StoredMessage): StoredMessage | undefined {
    return [...discord.world.messages.values()].find(
      ({ repliesTo, components }) =>
        repliesTo === message.id &&
        components.some((row) =>
          row.components.some((one) => one.custom_id?.startsWith("consent:steer")),
        ),
    );
  }
});

function wordsAsked(requests: readonly ChatRequest[]): number {
  const asked = toldIn(requests).find((sentence) => LENGTH.test(sentence))!;
  return Number(asked.match(/\d+/)![0]);
}
