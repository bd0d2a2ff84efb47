import { afterEach, describe, expect, it } from "vitest";
import { comparisonPrefix } from "../../src/store/keys.js";
import type { ComparisonRecord } from "../../src/store/records.js";
import { type Scene, startScene } from "../fixtures.js";
import { filesWith } from "../support/bytes-of-files.js";
import type { StoredMessage, User } from "../support/loopback-discord/world.js";
import type { RunningBotOptions } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const SHORT = "Rinse it, then simmer it for twelve minutes.";
const LONG =
  "Oh, what a wonderful question! I would be delighted to explain it to you at some length: rinse the rice with cold water until the water runs clear, add one and a half cups of water for each cup of rice, and let it simmer gently under a lid for twelve minutes. Would you like to know more about it?";

describe("Another answer", () => {
  let scene: Scene;
  afterEach(() => scene.running.close());

  it("shows the runner-up in the place of the answer, and keeps it when the member says so", async () => {
    scene = await start();
    const answer = await ask();
    expect(labelsOf(answer)).toEqual(["Another answer"]);
    const first = answer.content;
    const { requests } = scene.running.openai;
    const before = requests.length;
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    expect(labelsOf(answer)).toEqual(["This one", "The first one"]);
    press(answer, "This one");
    await waitFor(() => answer.components.length === 0 || undefined, "no more buttons");
    expect(answer.content).toBe(otherOf(first));
    expect(requests).toHaveLength(before);
    const [vote, ...others] = await votes();
    expect(others).toEqual([]);
    expect(vote).toMatchObject({ outcome: 0, firstShown: "a", source: "another", weight: 1 });
    await forgotten(answer);
  });

  it("puts the first answer back when the member likes that one better", async () => {
    scene = await start();
    const answer = await ask();
    const first = answer.content;
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    press(answer, "The first one");
    await shows(answer, first);
    expect(answer.components).toEqual([]);
    expect(await votes()).toMatchObject([{ outcome: 1, source: "another" }]);
  });

  it("changes with a member's first choice what they are answered next", async () => {
    scene = await start();
    const answer = await ask();
    const first = answer.content;
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    press(answer, "This one");
    await waitFor(async () => (await votes()).length === 1 || undefined, "the vote");
    expect((await ask()).content).toBe(otherOf(first));
  });

  it("costs no question: neither a day's budget nor the gap, and no question is open", async () => {
    scene = await start();
    const answer = await ask();
    const { questions } = scene.running.test.services.store;
    const key = `${scene.guild.id}:${scene.member.id}`;
    const before = await questions.get(key);
    press(answer, "Another answer");
    await shows(answer, otherOf(answer.content));
    press(answer, "This one");
    await waitFor(async () => (await votes()).length === 1 || undefined, "the vote");
    await forgotten(answer);
    expect(await questions.get(key)).toEqual(before);
  });

  it("is for the member alone who was answered", async () => {
    scene = await start();
    const { discord, running, channel, other } = { ...scene, ...scene.running };
    await running.consent(channel, other);
    const answer = await ask();
    const first = answer.content;
    expect(await told(press(answer, "Another answer", other))).toMatch(/for somebody else/);
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    expect(await told(press(answer, "The first one", other))).toMatch(/for somebody else/);
    expect(answer.content).toBe(otherOf(first));
    expect(discord.sentTo(channel)).toHaveLength(1);
  });

  it("is not there for members who have not said yes, or pause, nor below an urgent message", async () => {
    scene = await start({ consented: false });
    const { discord, running, channel, member } = { ...scene, ...scene.running };
    const before = discord.say(member, channel, "How do I cook rice?", { mentionBot: true });
    expect(labelsOf((await discord.answersTo(before))[0]!)).toEqual([]);
    await running.consent(channel, member);
    expect(labelsOf(await ask("I can't breathe, help me!"))).toEqual([]);
    expect(labelsOf(await ask())).toEqual(["Another answer"]);
    await discord.command(member, channel, "profile", "pause");
    expect(labelsOf(await ask())).toEqual([]);
  });

  it("lets the answer stand that is shown when nobody chooses, without a vote", async () => {
    scene = await start({ lapseMs: 200 });
    const answer = await ask();
    const first = answer.content;
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    await waitFor(() => answer.components.length === 0 || undefined, "the end");
    expect(answer.content).toBe(otherOf(first));
    expect(await votes()).toEqual([]);
    await forgotten(answer);
  });

  it("takes a double tap once", async () => {
    scene = await start();
    const answer = await ask();
    const first = answer.content;
    press(answer, "Another answer");
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    const [chooses] = answer.components.flatMap(({ components }) => components);
    const { interactions } = scene.discord;
    interactions.press(scene.member, scene.channel, answer, chooses!.custom_id);
    const second = interactions.press(scene.member, scene.channel, answer, chooses!.custom_id);
    expect(await told(second)).toMatch(/can no longer be compared/);
    expect(await votes()).toHaveLength(1);
  });

  it("lets stand after a restart what waited too long meanwhile", async () => {
    scene = await start({ lapseMs: 1_500 });
    const answer = await ask();
    const first = answer.content;
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    await scene.running.restart();
    await waitFor(() => answer.components.length === 0 || undefined, "the end");
    expect(answer.content).toBe(otherOf(first));
    expect(await votes()).toEqual([]);
  });

  it("takes up the choice after a restart", async () => {
    scene = await start();
    const answer = await ask();
    const first = answer.content;
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    await scene.running.restart();
    press(answer, "The first one");
    await shows(answer, first);
    expect(await votes()).toMatchObject([{ outcome: 1 }]);
  });

  it("can be taken back with /profile undo", async () => {
    scene = await start();
    const answer = await ask();
    press(answer, "Another answer");
    await shows(answer, otherOf(answer.content));
    press(answer, "This one");
    await waitFor(async () => (await votes()).length === 1 || undefined, "the vote");
    await forgotten(answer);
    const { discord, member, channel } = scene;
    const undone = await discord.command(member, channel, "profile", "undo");
    expect(undone.content).toMatch(/Another answer/);
    expect(await votes()).toEqual([]);
  });

  it("counts ten choices a day and no more, and shows what was chosen all the same", async () => {
    scene = await start();
    const answers: StoredMessage[] = [];
    for (let choice = 0; choice < 11; choice++) {
      const answer = await ask();
      const first = answer.content;
      press(answer, "Another answer");
      await shows(answer, otherOf(first));
      const pressed = press(answer, "The first one");
      await shows(answer, first);
      if (choice === 10) expect(await told(pressed)).toMatch(/enough from this button for today/);
      answers.push(answer);
    }
    expect(await votes()).toHaveLength(10);
  });

  it("writes one more answer where no runner-up is stored", async () => {
    const third = "Soak it first, and it will be done in eight minutes.";
    const texts = [SHORT, LONG, third];
    scene = await start({
      environment: { ...NO_QUESTIONS, ENCRYPTION_KEY: "" },
      openai: { answer: (_question, index) => texts[index]! },
    });
    const answer = await ask();
    await scene.running.restart();
    const { requests } = scene.running.openai;
    const before = requests.length;
    press(answer, "Another answer");
    await shows(answer, third);
    expect(requests.length).toBe(before + 1);
    press(answer, "This one");
    await waitFor(async () => (await votes()).length === 1 || undefined, "the vote");
  });

  it("says why where the one more answer can't be written, and the answer stays", async () => {
    scene = await start({ environment: { ...NO_QUESTIONS, ENCRYPTION_KEY: "" } });
    const answer = await ask();
    const first = answer.content;
    await scene.running.restart();
    scene.running.openai.fail({ kind: "status", status: 401 }, 9);
    expect(await told(press(answer, "Another answer"))).toMatch(/refuses my key/);
    expect(answer.content).toBe(first);
    expect(labelsOf(answer)).toEqual(["Another answer"]);
  });

  it("says so where the one more answer comes out the same, and can be pressed again", async () => {
    scene = await start({ openai: { answer: () => SHORT } });
    const answer = await ask();
    expect(await told(press(answer, "Another answer"))).toMatch(/came out the same/);
    expect(labelsOf(answer)).toEqual(["Another answer"]);
  });

  it("says so where the question is gone and no runner-up is stored", async () => {
    scene = await start({ environment: { ...NO_QUESTIONS, ENCRYPTION_KEY: "" } });
    const { discord, member, channel } = scene;
    const question = discord.say(member, channel, "How do I cook rice?", { mentionBot: true });
    const [answer] = await discord.answersTo(question);
    await scene.running.restart(() => discord.remove(question));
    expect(await told(press(answer!, "Another answer"))).toMatch(/can't find your question/);
  });

  it("puts long answers in the place of short ones and back, piece by piece", async () => {
    const long = Array.from({ length: 90 }, (_, at) => `${at}. ${LONG.slice(0, 60)}`).join("\n\n");
    scene = await start({ openai: { answer: (_question, index) => [SHORT, long][index % 2]! } });
    const { discord, channel } = scene;
    const answer = await ask();
    expect(answer.content).toBe(SHORT);
    press(answer, "Another answer");
    const pieces = await waitFor(() => {
      const sent = discord.sentTo(channel);
      return sent.length > 2 && labelsOf(sent.at(-1)!).length === 2 ? sent : undefined;
    }, "all of the long answer");
    expect(pieces.map(({ content }) => content).join("\n\n")).toBe(long);
    press(pieces.at(-1)!, "The first one");
    await waitFor(() => discord.sentTo(channel).length === 1 || undefined, "the short one alone");
    expect(answer.content).toBe(SHORT);
    expect(await votes()).toMatchObject([{ outcome: 1 }]);
  });

  it("stores nothing for a member who has everything deleted between the two taps", async () => {
    scene = await start();
    const answer = await ask();
    press(answer, "Another answer");
    await shows(answer, otherOf(answer.content));
    const { memberData } = scene.running.test.services;
    await memberData.delete(scene.member.id, "everywhere");
    expect(await told(press(answer, "This one"))).toMatch(/can no longer be compared/);
    await waitFor(() => answer.components.length === 0 || undefined, "no more buttons");
    expect(await votes()).toEqual([]);
    const { config, services } = scene.running.test;
    await scene.running.bot.idle();
    await services.store.deletion.bytesGone();
    expect(filesWith(config.storeUrl, scene.member.id)).toEqual([]);
  });

  it("counts nothing for a member who pauses between the two taps, and says so", async () => {
    scene = await start();
    const { discord, member, channel } = scene;
    const answer = await ask();
    const first = answer.content;
    press(answer, "Another answer");
    await shows(answer, otherOf(first));
    await discord.command(member, channel, "profile", "pause");
    expect(await told(press(answer, "The first one"))).toMatch(/not counted/);
    await shows(answer, first);
    expect(await votes()).toEqual([]);
  });

  it("does not take a reaction for a choice", async () => {
    scene = await start();
    const { discord, member } = scene;
    const answer = await ask();
    press(answer, "Another answer");
    await shows(answer, otherOf(answer.content));
    discord.react(member, answer, "🅰️");
    await scene.running.bot.idle();
    expect(await votes()).toEqual([]);
  });

  it("stores nothing of what the member wrote", async () => {
    scene = await start();
    const answer = await ask("How do I cook xylophonic rice?");
    press(answer, "Another answer");
    await shows(answer, otherOf(answer.content));
    press(answer, "This one");
    await waitFor(async () => (await votes()).length === 1 || undefined, "the vote");
    const { config } = scene.running.test;
    expect(filesWith(config.storeUrl, "xylophonic")).toEqual([]);
    expect(JSON.stringify(scene.recording.events)).not.toContain("xylophonic");
  });

  const NO_QUESTIONS = { QUESTIONS_PER_DAY: "0", CANDIDATES: "2" };

  function start(options: RunningBotOptions & { readonly consented?: boolean } = {}) {
    return startScene({
      consented: true,
      environment: NO_QUESTIONS,
      openai: { answer: (_question, index) => (index % 2 === 0 ? SHORT : LONG) },
      ...options,
    });
  }

  async function ask(text = "How do I cook rice?"): Promise<StoredMessage> {
    const { discord, channel, member } = scene;
    const message = discord.say(member, channel, text, { mentionBot: true });
    const [answer] = await discord.answersTo(message);
    await scene.running.bot.idle();
    return answer!;
  }

  function press(answer: StoredMessage, label: string, user: User = scene.member) {
    return scene.discord.press(user, scene.channel, answer, label);
  }

  async function votes(): Promise<ComparisonRecord[]> {
    const { comparisons } = scene.running.test.services.store;
    const member = { guildId: scene.guild.id, memberId: scene.member.id };
    const found: ComparisonRecord[] = [];
    for await (const [, record] of comparisons.entries(comparisonPrefix(member)))
      found.push(record);
    return found;
  }

  /** The texts of both answers are deleted. */
  function forgotten({ id }: StoredMessage) {
    const { ballots, replies } = scene.running.test.services.store;
    const isGone = async () => !(await ballots.has(id)) && !(await replies.has(id));
    return waitFor(async () => (await isGone()) || undefined, "the two answers to be forgotten");
  }
});

function otherOf(text: string): string {
  return text === SHORT ? LONG : SHORT;
}

function shows(message: StoredMessage, content: string): Promise<true> {
  return waitFor(() => message.content === content || undefined, `“${content}”`);
}

function labelsOf({ components }: StoredMessage): (string | undefined)[] {
  return components.flatMap((row) => row.components.map(({ label }) => label));
}

/** What only the member who pressed is told. */
function told({ followUps }: ReturnType<Scene["discord"]["press"]>): Promise<string> {
  return waitFor(() => followUps[0]?.content, "a sentence");
}
