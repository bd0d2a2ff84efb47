import { MessageFlags } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unfinished } from "../../src/discord/messages/waiting-mark.js";
import { speakerOf } from "../../src/language/say.js";
import { type Scene, type SceneOptions, startScene } from "../fixtures.js";
import { outcomesOf, shows, textsOf } from "../support/asked-ballot.js";
import type { StoredMessage, User } from "../support/loopback-discord/world.js";
import type { Fault } from "../support/loopback-openai-faults.js";
import { isBallot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const ANSWER = "Water the plants in the morning.";
const AUTOMOD = 200000;
const MISSING_PERMISSIONS = 50013;
const MISSING_ACCESS = 50001;
const say = speakerOf("en");

describe("somebody who has waited for some seconds", () => {
  let scene: Scene;
  /** Lets the language model answer. */
  let goOn: (() => void)[] = [];
  const start = async (options: SceneOptions = {}) => {
    scene = await startScene({ waitMs: 20, openai: { answer: () => ANSWER }, ...options });
  };
  beforeEach(() => {
    goOn = [];
  });
  afterEach(async () => {
    for (const release of goOn) release();
    await scene.running.close();
  });

  interface Asking {
    readonly text?: string;
    readonly author?: User;
    /** What the language model does in the end, instead of an answer. */
    readonly fault?: Fault;
  }
  /** Asks, while the language model takes its time. */
  function asks({
    text = "When do I water?",
    author = scene.member,
    fault,
  }: Asking = {}): StoredMessage {
    const until = new Promise<void>((resolve) => goOn.push(resolve));
    scene.running.openai.fail({ kind: "hold", until, fault });
    return scene.discord.say(author, scene.channel, text, { mentionBot: true });
  }
  const sent = () => scene.discord.sentTo(scene.channel);
  const lineBelow = (message: StoredMessage) =>
    waitFor(
      () =>
        sent().find(({ repliesTo, content }) => repliesTo === message.id && unfinished(content)),
      "the line",
    );
  const becomes = (line: StoredMessage, content: string) =>
    waitFor(() => line.content === content || undefined, `“${line.content}” to be “${content}”`);
  const isGone = (line: StoredMessage) =>
    waitFor(() => !scene.discord.world.messages.has(line.id) || undefined, "the line to go");
  const notedLines = async () => {
    const noted: string[] = [];
    for await (const [id] of scene.running.test.services.store.pendingLines.entries()) {
      noted.push(id);
    }
    return noted;
  };
  const nothingNoted = () =>
    waitFor(async () => (await notedLines()).length === 0 || undefined, "nothing to be noted");

  it("reads one line that says so, which becomes the answer", async () => {
    await start();
    const line = await lineBelow(asks());
    expect(line.content).toBe("-# I am still working on your answer …");
    expect(line.flags & MessageFlags.SuppressEmbeds).toBe(0);
    expect(line.allowedMentions).toMatchObject({ parse: [], replied_user: false });
    goOn[0]!();
    await becomes(line, ANSWER);
    expect(line.flags & MessageFlags.SuppressEmbeds).not.toBe(0);
    expect(sent()).toHaveLength(1);
    await nothingNoted();
  });

  it("reads it in their own language", async () => {
    await start({
      beforeStart: (discord) => {
        discord.world.guildLocales.set("none", "en-GB");
      },
    });
    const { discord, channel, member } = scene;
    discord.interactions.locales.set(member.id, "de");
    await discord.command(member, channel, "privacy");
    const line = await lineBelow(asks());
    expect(line.content).toBe("-# Ich arbeite noch an deiner Antwort …");
  });

  it("is not told to wait if the answer is there in time", async () => {
    await start({ waitMs: 60_000 });
    const [answer] = await scene.discord.answersTo(
      scene.discord.say(scene.member, scene.channel, "When?", { mentionBot: true }),
    );
    expect(answer!.content).toBe(ANSWER);
    expect(answer!.editedAt).toBeUndefined();
  });

  it("goes on with the answer and not with the line", async () => {
    await start();
    const first = asks();
    const line = await lineBelow(first);
    goOn[0]!();
    await becomes(line, ANSWER);
    const next = scene.discord.say(scene.member, scene.channel, "And then?", { replyTo: line });
    await scene.discord.answersTo(next);
    const { messages } = scene.running.openai.requests.at(-1)!;
    expect(messages.slice(1).map(({ content }) => content)).toEqual([
      "When do I water?",
      ANSWER,
      "And then?",
    ]);
  });

  it("reads a long answer from the line on, in order", async () => {
    const long = Array.from({ length: 120 }, (_, at) => `Sentence ${at} is about plants.`).join(
      "\n",
    );
    await start({ openai: { answer: () => long } });
    const line = await lineBelow(asks());
    goOn[0]!();
    await waitFor(() => sent().length === 2 || undefined, "both pieces");
    const [first, second] = sent();
    expect(first!.id).toBe(line.id);
    expect(second!.repliesTo).toBe(line.id);
    expect(`${first!.content}\n${second!.content}`).toBe(long);
    await nothingNoted();
  });

  it("is asked in the place of the line, and the vote counts", async () => {
    await start({ consented: true, openai: {} });
    const line = await lineBelow(asks({ text: "How do I sleep better?" }));
    goOn[0]!();
    await waitFor(() => isBallot(line) || undefined, "the ballot");
    expect(sent()).toHaveLength(1);
    expect(line.flags & MessageFlags.SuppressEmbeds).toBe(0);
    const [a] = textsOf(line);
    scene.discord.react(scene.member, line, "🅰️");
    await shows(line, a);
    expect(await outcomesOf(scene.running, scene.channel, scene.member)).toEqual([1]);
    await nothingNoted();
  });

  it("is answered in the place of the line where a ballot is not allowed", async () => {
    await start({ consented: true, openai: {} });
    const line = await lineBelow(asks({ text: "How do I sleep better?" }));
    scene.discord.rest.fail("PATCH", /messages/, 403, 1, MISSING_PERMISSIONS);
    goOn[0]!();
    await waitFor(() => !unfinished(line.content) || undefined, "the answer");
    expect(line.embeds).toEqual([]);
    expect(sent()).toHaveLength(1);
  });

  it("reads why no answer comes in the place of the line", async () => {
    await start();
    const line = await lineBelow(asks({ fault: { kind: "status", status: 401 } }));
    goOn[0]!();
    await waitFor(() => !unfinished(line.content) || undefined, "the excuse");
    expect(line.content).toBe(say("failures.badKey"));
    expect(line.flags & MessageFlags.SuppressEmbeds).toBe(0);
    expect(sent()).toHaveLength(1);
    await nothingNoted();
  });

  it("reads that the language model took too long in the place of the line", async () => {
    await start({ environment: { OPENAI_TIMEOUT_MS: "3000" } });
    const line = await lineBelow(asks());
    await waitFor(() => !unfinished(line.content) || undefined, "the excuse");
    expect(line.content).toBe(say("failures.timeout"));
    expect(sent()).toHaveLength(1);
  });

  it("sees the line go with their message, and nothing comes", async () => {
    await start();
    const message = asks();
    const line = await lineBelow(message);
    scene.discord.remove(message);
    await isGone(line);
    await waitFor(
      () => scene.recording.events.some(({ event }) => event === "reply.abandoned") || undefined,
      "the end",
    );
    goOn[0]!();
    await scene.running.bot.idle();
    expect(sent()).toEqual([]);
    await nothingNoted();
  });

  it("is answered anew if a moderator has deleted the line", async () => {
    await start();
    const message = asks();
    const line = await lineBelow(message);
    scene.discord.remove(line);
    goOn[0]!();
    const [answer] = await scene.discord.answersTo(message);
    expect(answer!.content).toBe(ANSWER);
    expect(answer!.flags & MessageFlags.SuppressEmbeds).not.toBe(0);
    await nothingNoted();
  });

  it("is told anew why no answer comes if a moderator has deleted the line", async () => {
    await start();
    const message = asks({ fault: { kind: "status", status: 401 } });
    const line = await lineBelow(message);
    scene.discord.remove(line);
    goOn[0]!();
    const [excuse] = await scene.discord.answersTo(message);
    expect(excuse!.content).toBe(say("failures.badKey"));
  });

  it("leaves no trace in a channel that is deleted", async () => {
    await start();
    await lineBelow(asks());
    scene.discord.deleteChannel(scene.channel);
    await scene.running.bot.idle();
    await nothingNoted();
    expect(scene.recording.events.filter(({ level }) => level >= 40)).toEqual([]);
  });

  it("reads that the answer was not allowed in the place of the line", async () => {
    await start();
    const line = await lineBelow(asks());
    scene.discord.rest.fail("PATCH", /messages/, 400, 1, AUTOMOD);
    goOn[0]!();
    await becomes(line, say("messages.unwanted"));
    expect(sent()).toHaveLength(1);
  });

  it("sees the line go if nothing may be written in its place", async () => {
    await start();
    const line = await lineBelow(asks());
    scene.discord.rest.fail("PATCH", /messages/, 403, 1, MISSING_PERMISSIONS);
    goOn[0]!();
    await isGone(line);
    await nothingNoted();
  });

  it("sees no line left at the next start if the bot could not reach it for a while", async () => {
    await start();
    const line = await lineBelow(asks());
    scene.discord.rest.fail("PATCH", /messages/, 403, 1, MISSING_ACCESS);
    scene.discord.rest.fail("DELETE", /messages/, 403, 1, MISSING_ACCESS);
    goOn[0]!();
    await scene.running.bot.idle();
    expect(unfinished(line.content)).toBeDefined();
    await scene.running.restart();
    await becomes(line, say("messages.restarted"));
    await nothingNoted();
  });

  it("waits without a line where none may be sent, and is answered if that changes", async () => {
    await start();
    const { discord } = scene;
    discord.rest.fail("POST", /messages$/, 403, 1, MISSING_PERMISSIONS);
    const message = asks();
    await waitFor(
      () => scene.recording.events.some(({ event }) => event === "waiting.unshown") || undefined,
      "the refusal",
    );
    goOn[0]!();
    const [answer] = await discord.answersTo(message);
    expect(answer!.content).toBe(ANSWER);
    await nothingNoted();
  });

  it("has the answer once if Discord's receipt of the line got lost", async () => {
    await start();
    scene.discord.rest.faults.loseAnswer("POST", /messages$/);
    const line = await lineBelow(asks());
    goOn[0]!();
    await becomes(line, ANSWER);
    expect(sent()).toHaveLength(1);
  });

  it("reads that the bot is being restarted in the place of the line", async () => {
    await start({ stopTimes: { finishMs: 50, tellMs: 10_000, leaveMs: 200 } });
    const line = await lineBelow(asks());
    expect(await scene.running.bot.stop()).toBe(true);
    expect(line.content).toBe(say("messages.restarting"));
    expect(sent()).toHaveLength(1);
    await nothingNoted();
  });

  it("is told each their own where two wait at once", async () => {
    await start({ openai: { answer: (question) => `About: ${question}` } });
    const { member, other } = scene;
    const [first, second] = [
      asks({ text: "When?", author: member }),
      asks({ text: "Where?", author: other }),
    ];
    const lines = [await lineBelow(first), await lineBelow(second)];
    for (const release of goOn) release();
    await becomes(lines[0]!, "About: When?");
    await becomes(lines[1]!, "About: Where?");
    expect(sent()).toHaveLength(2);
  });
});

describe("what counts as unfinished", () => {
  it("is the line alone or at the end, in every language, and nothing else", () => {
    const line = "-# Sigo trabajando en tu respuesta …";
    expect(unfinished(line)).toEqual({ shown: "", language: "es" });
    expect(unfinished(`Half an\n${line}`)).toEqual({ shown: "Half an", language: "es" });
    expect(unfinished(`${line}\nmore`)).toBeUndefined();
    expect(unfinished("I am still working on your answer …")).toBeUndefined();
  });
});
