/**
 * A canary in a member's message, form, name, files, pictures, voice, forwards, polls and stickers: where it
 * turns up afterwards, and where never.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HANDLERS } from "../../commands/all.js";
import { allSentences } from "../../models/steering/vocabulary.js";
import { FORM_ALONE } from "../../src/conversation/steering/directive-text.js";
import { startBot } from "../../src/discord/gateway/bot.js";
import { exportMember } from "../../src/members/export.js";
import { createLog } from "../../src/observability/create-log.js";
import { Repository } from "../../src/store/repository.js";
import { collectFeedback } from "../../src/training/feedback.js";
import { ask, goOn, isChoice } from "../support/asked.js";
import type { OpenInteraction } from "../support/loopback-discord/interaction-responses.js";
import type { SayOptions } from "../support/loopback-discord/loopback-discord.js";
import { snowflake } from "../support/loopback-discord/snowflakes.js";
import type {
  Attachment,
  Channel,
  StoredMessage,
  User,
} from "../support/loopback-discord/world.js";
import { isBallot, type RunningBot, startRunningBot } from "../support/running-bot.js";
import { waitFor } from "../support/wait-for.js";

const CANARY = "zqxcanaryzqx";
const TEXT = `${CANARY} tell me how my ${CANARY} should sleep, please, before the ${CANARY} wakes up`;
/** As a picture's bytes hold it, and as they go to the language model. */
const PICTURE = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d494844520000", "hex"),
  Buffer.from(CANARY),
]);
const ENCODED = Buffer.from(CANARY).toString("base64");
const FORMS = new RegExp(`${CANARY}|${ENCODED}`);
const VOICE_MESSAGE = 1 << 13;
const VOTERS = 11;
const ROUNDS = 9;

function file(name: string, bytes: Buffer, contentType?: string): Attachment {
  const id = snowflake();
  return { id, name, description: CANARY, bytes, ...(contentType && { contentType }) };
}

/** All that can come with a message. */
const SENT: readonly (() => SayOptions)[] = [
  () => ({ attachments: [file(`${CANARY}.txt`, Buffer.from(`It says ${CANARY}.`))] }),
  () => ({ attachments: [file(`${CANARY}.png`, PICTURE, "image/png")] }),
  () => ({ attachments: [file(`${CANARY}.pdf`, Buffer.from(CANARY), "application/pdf")] }),
  () => ({
    attachments: [file(`${CANARY}.ogg`, Buffer.from(`I say ${CANARY}`), "audio/ogg")],
    flags: VOICE_MESSAGE,
  }),
  () => ({ extras: { poll: { question: `Is it ${CANARY}?`, answers: [CANARY, "no"] } } }),
  () => ({ extras: { stickers: [CANARY] } }),
  () => ({
    extras: {
      snapshot: {
        content: `They wrote ${CANARY}`,
        attachments: [file(`${CANARY}.jpg`, PICTURE, "image/jpeg")],
      },
    },
  }),
];

describe("a canary in what a member writes, says, asks about, is called, and attaches", () => {
  let running: RunningBot;
  let channel: Channel;
  let foreign: Channel;
  let member: User;
  let other: User;
  let logged = "";
  let said = 0;

  beforeAll(async () => {
    // Answers that a member could have provoked: some repeat the message, most do not.
    const styles = [
      "Sure. Keep a regular hour, and no screens.",
      "One should, as a rule, establish a regular schedule and avoid bright light late in the evening.",
      "Woo! Early nights rock! You got this!!",
      "Perhaps try tea? What have you tried so far?",
    ];
    running = await startRunningBot({
      environment: { OPENAI_TRANSCRIPTION_MODEL: "ears" },
      openai: {
        heard: (recording) => Buffer.from(recording).toString(),
        answer: (question, index) =>
          index % 5 === 4 ? `You said: ${question}` : `${styles[index % 4]} (${index})`,
      },
    });
    await logEverything();
    channel = running.discord.createGuild("lounge").channel;
    member = running.discord.world.addUser(`name-${CANARY}`);
    other = running.discord.world.addUser("other");
    const voters = Array.from({ length: VOTERS }, (_, at) =>
      running.discord.world.addUser(`voter-${at}-${CANARY}`),
    );
    await running.consent(channel, member, other, ...voters);
    await running.consent(running.discord.directChannel(member), member);
    foreign = running.discord.world.addForeignChannel(`a place named ${CANARY}`);
    for (const { id } of [member, other]) running.discord.world.installed.add(id);
    for (const user of [member, ...voters]) {
      for (let round = 0; round < ROUNDS; round++) await exchange(user);
    }
    for (let round = 0; round < 3; round++) await exchangeByForms();
    await provokeErrors();
    await running.test.services.retraining
      .run(() => undefined)
      .catch((error: unknown) => {
        throw error;
      });
  });
  afterAll(() => running.close());

  it("is in no record of the store, and in no byte of its files", async () => {
    const { config, services } = running.test;
    for (const repository of Object.values(services.store)) {
      if (!(repository instanceof Repository)) continue;
      for await (const [key, value] of repository.entries()) {
        expect(`${key} ${JSON.stringify(value)}`).not.toMatch(FORMS);
      }
    }
    const folder = dirname(config.storeUrl.replace("sqlite://", ""));
    for (const file of readdirSync(folder)) {
      expect(readFileSync(join(folder, file), "latin1")).not.toMatch(FORMS);
    }
  });

  it("is not in what trains: an answer that repeats the message takes no part", async () => {
    const { services } = running.test;
    const { models, store } = services;
    const { comparisons } = await collectFeedback(
      store.comparisons,
      { name: "discord", accepts: () => true },
      async () => true,
      models.current.encoderId,
      models.current.dimensions,
    );
    let left = 0;
    for await (const [, record] of store.comparisons.entries()) if (!record.trains) left++;
    expect(left).toBeGreaterThan(0);
    expect(comparisons.count).toBeGreaterThan(20);
    for (const value of Object.values(comparisons)) {
      if (!ArrayBuffer.isView(value)) continue;
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      expect(bytes.toString("latin1")).not.toMatch(FORMS);
    }
    // No text crosses: the arrays hold numbers, and ids are numbers from 0.
    expect(Math.max(...comparisons.memberOf)).toBe(comparisons.members - 1);
  });

  it("is in no model, no chart of its axes, and no export", async () => {
    const { services } = running.test;
    const versions = await services.models.versions();
    expect(JSON.stringify([versions, services.models.current.axes])).not.toMatch(FORMS);
    for (const { id } of [member, other]) {
      const places = await services.memberData.placesOf(id);
      const document = await exportMember(id, places, services);
      const { places: kept } = document as { places: { ballots: unknown[] }[] };
      // The bot's own answers are the member's to see; nobody else's export has them.
      const withoutAnswers = kept.map((place) => ({ ...place, ballots: [], replies: [] }));
      expect(JSON.stringify(withoutAnswers)).not.toMatch(FORMS);
      if (id === other.id) expect(JSON.stringify(document)).not.toMatch(FORMS);
    }
  });

  it("is in no line of the log, at the finest level, not even where something fails", () => {
    expect(logged).toMatch(/reply\.failed/);
    expect(logged).toMatch(/enclosure\.unread/);
    expect(logged).toMatch(/retraining\.finished/);
    expect(logged).not.toMatch(FORMS);
  });

  it("goes to the language model as a message of its member's, and never into what it is told", () => {
    const { requests } = running.openai;
    const systems = requests.map(({ messages }) => messages[0]!.content);
    expect(systems.join("\n")).not.toMatch(FORMS);
    // It was told something, so that this is no empty promise; and nothing but the table's sentences.
    const told = systems.flatMap((system) => system.split(`${FORM_ALONE}\n`).slice(1));
    expect(told.length).toBeGreaterThan(0);
    const table = new Set(allSentences());
    const sentences = told.flatMap((manner) => manner.split(/(?<=[.?]) /));
    expect(sentences.filter((sentence) => !table.has(sentence))).toEqual([]);
    const ids = [member, other].map(({ id }) => id);
    for (const id of ids) expect(JSON.stringify(requests)).not.toContain(id);
  });

  it("reached the language model by every way", () => {
    const turns = running.openai.requests.map(({ messages }) => messages.at(-1)!);
    for (const words of ["File (.txt):", "I say ", "Poll:", "Sticker:", "Forwarded message:"]) {
      expect(turns.some(({ content }) => content.includes(words))).toBe(true);
    }
    expect(turns.some(({ pictures = [] }) => pictures.some((one) => one.includes(ENCODED)))).toBe(
      true,
    );
    expect(running.discord.fileRequests.length).toBeGreaterThan(0);
  });

  it("is in nothing that another member gets, and in nothing that is asked for them", async () => {
    const before = running.openai.requests.length;
    for (let round = 0; round < 3; round++) {
      const message = running.discord.say(other, channel, "How do I cook rice?", {
        mentionBot: true,
      });
      for (const reply of await running.discord.answersTo(message)) {
        expect(JSON.stringify([reply.content, reply.embeds])).not.toMatch(FORMS);
      }
    }
    const { answer } = await ask(running.discord, other, foreign, "How do I cook rice?");
    expect(JSON.stringify([answer!.content, answer!.embeds])).not.toContain(CANARY);
    const requests = running.openai.requests.slice(before);
    expect(requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(requests)).not.toMatch(FORMS);
    const view = await running.discord.command(other, channel, "profile", "view");
    expect(view.content + view.attachments[0]!.description).not.toMatch(FORMS);
  });

  /** Starts the bot again with a log of everything, down to traces, that is kept in memory. */
  async function logEverything(): Promise<void> {
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        logged += String(chunk);
        done();
      },
    });
    const log = createLog({ logLevel: "trace" }, stream);
    await running.bot.stop();
    running.discord.gateway.forgetSessions();
    await running.test.restart({}, log);
    const { token, apiUrl } = running.discord;
    running.bot = await startBot({
      token,
      apiUrl,
      services: running.test.services,
      handlers: HANDLERS,
      log,
      fileOrigins: [running.discord.origin],
    });
  }

  async function exchange(user: User): Promise<void> {
    const message = say(user, TEXT);
    const [answer] = await running.discord.answersTo(message);
    if (!isBallot(answer!)) return askForAnother(user, answer!);
    const label = BigInt(user.id) % 2n === 0n ? "A" : "B";
    running.discord.press(user, channel, answer!, label);
    await waitFor(() => !isBallot(answer!) || undefined, "the vote");
  }

  /** "Another answer" below a personal one, and the choice that follows. */
  async function askForAnother(user: User, answer: StoredMessage): Promise<void> {
    const labels = () =>
      answer.components.flatMap((row) => row.components.map(({ label }) => label));
    if (!labels().includes("Another answer")) return;
    running.discord.press(user, channel, answer, "Another answer");
    await waitFor(() => labels().includes("This one") || undefined, "the other answer");
    running.discord.press(user, channel, answer, "This one");
    await waitFor(() => labels().length === 0 || undefined, "the choice");
  }

  /** `/ask`, a form for the next message, and a question about a message of somebody else's. */
  async function exchangeByForms(): Promise<void> {
    const { discord } = running;
    await vote(await ask(discord, member, foreign, TEXT));
    const told = await ask(discord, member, foreign, `!plain ${TEXT}`, true);
    await vote(await goOn(discord, member, foreign, told.answer!, TEXT));
    const target = discord.world.addMessage({
      channelId: foreign.id,
      author: discord.world.addUser(`somebody-${CANARY}`),
      content: TEXT,
      ...SENT[said++ % SENT.length]!(),
    });
    const open = discord.interactions.contextMenu(member, foreign, "Ask about this", target);
    const form = await waitFor(() => open.modal, "the form");
    const sent = discord.interactions.submit(member, foreign, form, { question: TEXT });
    await discord.answered(sent);
    await vote(sent);
  }

  async function vote({ answer }: OpenInteraction): Promise<void> {
    if (!isChoice(answer!)) return;
    running.discord.press(member, foreign, answer!, "A");
    await waitFor(() => !isChoice(answer!) || undefined, "the vote");
  }

  /** Each time with something else. */
  function say(user: User, text: string): StoredMessage {
    const sent = SENT[said++ % SENT.length]!();
    return running.discord.say(user, channel, text, { mentionBot: true, ...sent });
  }

  /** A language model and a Discord that refuse, quoting what was sent to them. */
  async function provokeErrors(): Promise<void> {
    running.openai.fail({ kind: "status", status: 400, message: `bad input: ${TEXT}` }, 8);
    await running.discord.answersTo(say(member, TEXT));
    running.openai.faults.length = 0;
    running.discord.rest.fail("POST", /messages$/, 403, 1, 50013);
    await running.discord.answersTo(say(member, TEXT));
    running.openai.failTranscriptions({ kind: "status", status: 400, message: TEXT }, 3);
    const gone = file(`${CANARY}.png`, PICTURE, "image/png");
    const sent = { attachments: [{ ...gone, url: `https://example.com/${CANARY}` }] };
    const unheard = SENT[3]!();
    for (const one of [sent, { ...unheard, attachments: [file("a.ogg", Buffer.from(TEXT))] }]) {
      const message = running.discord.say(member, channel, TEXT, { mentionBot: true, ...one });
      await running.discord.answersTo(message);
    }
    running.openai.fail({ kind: "status", status: 400, message: `bad input: ${TEXT}` }, 8);
    await ask(running.discord, member, foreign, TEXT);
    running.openai.faults.length = 0;
    running.discord.rest.fail("PATCH", /^webhooks/, 403, 3, 50013);
    running.discord.interactions.command(member, foreign, "ask", undefined, [
      ["question", 3, TEXT],
    ]);
    await waitFor(() => /command\.failed/.test(logged) || undefined, "the failure");
  }
});
