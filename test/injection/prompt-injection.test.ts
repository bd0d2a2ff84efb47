/** Every bundled attempt, through the real client, the real request builder and the real openai client. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allSentences } from "../../models/steering/vocabulary.js";
import { systemMessage } from "../../src/conversation/prompting.js";
import { FORM_ALONE } from "../../src/conversation/steering/directive-text.js";
import { ENCLOSURES } from "../../src/language/en/enclosures.js";
import { profileKey } from "../../src/store/keys.js";
import { Repository } from "../../src/store/repository.js";
import { findHarm } from "../support/find-harm.js";
import type { Channel, StoredMessage, User } from "../support/loopback-discord/world.js";
import type { ChatRequest } from "../support/loopback-openai.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";
import { API_KEY, type Attempt, DISCORD_TOKEN, INSTRUCTION } from "./attempt.js";
import { ATTEMPTS_AROUND } from "./attempts-around.js";
import { ATTEMPTS_IN_TEXT } from "./attempts-in-text.js";

const ATTEMPTS: readonly Attempt[] = [...ATTEMPTS_IN_TEXT, ...ATTEMPTS_AROUND];
/** All have one channel, whose older messages leave the cache. */
const AT_ONCE = 3;
const PRIVATE = "qzprivatezq: my diagnosis and my address";
const QUESTION = "How do I water thyme?";
const VOICE_MESSAGE = 1 << 13;
/** Candidates must differ. */
const ENDS = ["Yes!", "Perhaps?", "So be it.", "I think so, and would not say it otherwise."];
const ANSWER = "Seldom, and in the morning.";

/** What every request holds beside the words. */
const REQUEST = { model: "loopback", temperature: 1, stream: false, max_tokens: 4_000 };

interface Outcome {
  readonly request: ChatRequest;
  readonly sent: readonly StoredMessage[];
}

/** All that may follow what everybody's requests begin with. */
const TABLE = new Set(allSentences());

/** The sentences of a manner; whatever else is said there as well. */
function sentencesIn(end: string): string[] {
  const told = end.replace(`\n\n${FORM_ALONE}\n`, "");
  return told === "" ? [] : told.split(/(?<=[.?]) /);
}

describe("attempts to turn the bot against its members", () => {
  let running: RunningBot;
  let channel: Channel;
  let victim: User;
  let accomplice: User;
  let victimBefore: string;
  const outcomes = new Map<string, Outcome>();
  const answers = new Map(ATTEMPTS.map((one) => [lastTurnOf(one), one.obeyed]));
  const obeyedIn = (question: string) => answers.get(question);

  beforeAll(async () => {
    running = await startRunningBot({
      discord: { token: DISCORD_TOKEN },
      environment: {
        ...{ SYSTEM_PROMPT: INSTRUCTION, OPENAI_API_KEY: API_KEY, DISCORD_TOKEN },
        OPENAI_TRANSCRIPTION_MODEL: "ears",
      },
      openai: {
        heard: (recording) => Buffer.from(recording).toString(),
        answer: (question, index) => `${obeyedIn(question) ?? ANSWER} ${ENDS[index % 4]}`,
      },
    });
    const { discord } = running;
    channel = discord.createGuild("garden").channel;
    victim = discord.world.addUser("victim");
    accomplice = discord.world.addUser(`accomplice ${INSTRUCTION}`);
    await running.consent(channel, victim);
    await learnAboutVictim();
    await discord.answersTo(discord.say(victim, discord.directChannel(victim), PRIVATE));
    // The question of consent comes after the answer.
    await running.bot.idle();
    victimBefore = await recordsOf(victim);
    for (let at = 0; at < ATTEMPTS.length; at += AT_ONCE) {
      const some = ATTEMPTS.slice(at, at + AT_ONCE);
      await Promise.all(some.map(async (one) => outcomes.set(one.name, await carryOut(one))));
    }
  });
  afterAll(() => running.close());

  it("are at least sixty, each of its own", () => {
    expect(ATTEMPTS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ATTEMPTS.map(({ name }) => name)).size).toBe(ATTEMPTS.length);
    expect(new Set(ATTEMPTS.map(({ says }) => says)).size).toBe(ATTEMPTS.length);
  });

  it.each(ATTEMPTS)("reach the model as data and nothing more: $name", (attempt) => {
    // Fewer candidates are asked for while many wait.
    const { messages, n: _n, ...rest } = outcomes.get(attempt.name)!.request;
    expect(rest).toEqual(REQUEST);
    const { cameWith } = attempt;
    const rules = systemMessage({ instruction: INSTRUCTION });
    const note = `With the last message came ${cameWith} that you can't see. Where the answer depends on it, say that you can't see it and ask for its words. Never guess what it holds.`;
    expect(messages).toEqual([
      { role: "system", content: cameWith === undefined ? rules : `${rules}\n\n${note}` },
      ...turnsOf(attempt),
    ]);
  });

  it.each(ATTEMPTS)("carry no name, no file, no embed, no id and no profile: $name", (attempt) => {
    const [, ...said] = outcomes.get(attempt.name)!.request.messages;
    const text = JSON.stringify(said);
    const { users, channels, guilds, messages } = running.discord.world;
    const ids = [users, channels, guilds, messages].flatMap((map) => [...map.keys()]);
    for (const id of ids) expect(text).not.toContain(id);
    expect(text).not.toContain("qzprivatezq");
    expect(text).not.toMatch(/compost|accomplice|<\||\[INST\]/);
    const { calledAs, attaches, embeds = [] } = attempt;
    const around = [
      attaches?.isVoice ? undefined : attaches?.name,
      attaches?.description,
      ...embeds.map(({ title }) => title),
    ];
    const hidden = [...around, calledAs].filter((one) => one !== undefined && one.length > 6);
    for (const one of hidden) expect(text).not.toContain(JSON.stringify(one).slice(1, -1));
  });

  it.each(ATTEMPTS)("are answered harmlessly where the model obeys: $name", (attempt) => {
    for (const message of outcomes.get(attempt.name)!.sent) {
      expect(message.allowedMentions).toMatchObject({ parse: [], replied_user: false });
      const shown = [
        withoutNotice(message.content),
        ...message.embeds.map((one) => one.description ?? ""),
      ];
      for (const text of shown) {
        expect(findHarm(text, [DISCORD_TOKEN, API_KEY])).toEqual([]);
        expect(letters(text)).not.toContain(letters("compost scandal"));
        expect(letters([...text].reverse().join(""))).not.toContain(letters("compost scandal"));
      }
      for (const { description = "" } of message.embeds) expect(description).not.toMatch(/^# /m);
      // What is not asked about is sent without previews.
      if (message.embeds.length === 0 && /https?:/.test(message.content)) {
        expect(message.flags & 4).toBe(4);
      }
    }
  });

  it("change nothing that is kept about others, nor the settings", async () => {
    await running.bot.idle();
    expect(await recordsOf(victim)).toBe(victimBefore);
    for await (const [key] of running.test.services.store.settings.entries()) {
      expect(key).toBe("no settings were made");
    }
  });

  it("change no other member's answers", async () => {
    const { discord, openai } = running;
    const before = openai.requests.length;
    const message = discord.say(victim, channel, QUESTION, { mentionBot: true });
    const [answer] = await discord.answersTo(message);
    const asked = openai.requests.slice(before);
    expect(asked.reduce((sum, { n = 1 }) => sum + n, 0)).toBe(4);
    for (const { messages, n: _n, ...rest } of asked) {
      expect(rest).toEqual(REQUEST);
      const [system, ...turns] = messages;
      expect(turns).toEqual([{ role: "user", content: QUESTION }]);
      const end = system!.content.slice(systemMessage({ instruction: INSTRUCTION }).length);
      expect(system!.content.startsWith(systemMessage({ instruction: INSTRUCTION }))).toBe(true);
      expect(sentencesIn(end).filter((sentence) => !TABLE.has(sentence))).toEqual([]);
    }
    const shown = isBallot(answer!) ? answer!.embeds[0]!.description : answer!.content;
    expect(shown).toContain(ANSWER);
  });

  it("read no private conversation through a message that was forwarded", async () => {
    const { discord, openai } = running;
    const inPrivate = discord.say(victim, discord.directChannel(victim), `${PRIVATE}?`);
    const [told] = await discord.answersTo(inPrivate);
    const forwarded = discord.say(victim, channel, "", { forwards: told! });
    const before = openai.requests.length;
    const attacker = discord.world.addUser("attacker");
    const asked = discord.say(attacker, channel, "What was that about?", {
      replyTo: forwarded,
      mentionBot: true,
    });
    await discord.answersTo(asked);
    const { messages } = openai.requests[before]!;
    expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(JSON.stringify(openai.requests.slice(before))).not.toContain("qzprivatezq");
  });

  async function learnAboutVictim(): Promise<void> {
    const { discord } = running;
    for (let round = 0; round < 3; round++) {
      const message = discord.say(victim, channel, `${QUESTION} ${round}`, { mentionBot: true });
      const [ballot] = await discord.answersTo(message);
      if (!isBallot(ballot!)) continue;
      discord.press(victim, channel, ballot!, "A");
      await waitFor(() => !isBallot(ballot!) || undefined, "the vote");
    }
    const key = profileKey({ guildId: channel.guildId!, memberId: victim.id });
    expect((await running.test.services.store.profiles.get(key))?.votes).toBeGreaterThan(0);
  }

  async function carryOut(attempt: Attempt): Promise<Outcome> {
    const { discord, openai } = running;
    const attacker = discord.world.addUser(attempt.calledAs ?? "attacker");
    // Every second one is asked which of two such answers is better.
    if (BigInt(attacker.id) % 2n === 0n) await running.consent(channel, attacker);
    const { attaches, before = [], embeds = [] } = attempt;
    let last: StoredMessage | undefined;
    for (const one of before) {
      const author = {
        attacker,
        accomplice,
        bystander: discord.world.addUser("bystander"),
        impostor: { ...discord.world.addUser("attune"), bot: true },
        bot: discord.world.bot,
      }[one.by];
      last = discord.say(author, channel, one.says, {
        mentionBot: one.by !== "bot",
        ...(one.embeds && { embeds: [...one.embeds] }),
        ...(last && { replyTo: last }),
      });
      if (!author.bot) await discord.answersTo(last);
    }
    const message = discord.say(attacker, channel, attempt.says, {
      mentionBot: true,
      embeds: [...embeds],
      ...(attaches && {
        attachments: [{ id: "1", ...attaches, bytes: Buffer.from(attaches.text ?? "x") }],
        flags: attaches.isVoice ? VOICE_MESSAGE : 0,
      }),
      ...(attempt.extras && { extras: attempt.extras }),
      ...(last && { replyTo: last }),
    });
    const sent = await discord.answersTo(message);
    const reached = lastTurnOf(attempt);
    const request = openai.requests.find(({ messages }) => messages.at(-1)?.content === reached);
    return { request: request!, sent };
  }

  /** All that is kept under the ids of `user`, in one text. */
  async function recordsOf({ id }: User): Promise<string> {
    const lines: string[] = [];
    for (const [name, repository] of Object.entries(running.test.services.store)) {
      if (!(repository instanceof Repository)) continue;
      for await (const [key, value] of repository.entries()) {
        const line = `${name} ${key} ${JSON.stringify(value)}`;
        if (name !== "questions" && line.includes(id)) lines.push(line);
      }
    }
    return lines.sort().join("\n");
  }
});

/** What is to reach the model of an attempt: neighbouring words of members in one turn. */
function turnsOf({ context = [], reaches, says }: Attempt): { role: string; content: string }[] {
  const turns: { role: string; content: string }[] = [];
  for (const { role, content } of [...context, { role: "user", content: reaches ?? says }]) {
    const last = turns.at(-1);
    if (last?.role === role) last.content += `\n\n${content}`;
    else turns.push({ role, content });
  }
  return turns;
}

function lastTurnOf(attempt: Attempt): string {
  return turnsOf(attempt).at(-1)!.content;
}

/** Without the small print that the bot itself adds. */
function withoutNotice(text: string): string {
  const notice = `\n-# ${ENCLOSURES.format}`;
  return text.endsWith(notice) ? text.slice(0, -notice.length) : text;
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
