import { afterEach, describe, expect, it } from "vitest";
import type { Slot } from "../../../models/steering/spread.js";
import { LanguageModelCandidates } from "../../../src/conversation/candidates/language-model-candidates.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { FORM_ALONE, mannerWords } from "../../../src/conversation/steering/directive-text.js";
import { speakerOf } from "../../../src/language/say.js";
import { configuredFor } from "../../support/configured-server.js";
import {
  type LoopbackOpenAI,
  type LoopbackOpenAIOptions,
  startLoopbackOpenAI,
} from "../../support/loopback-openai.js";

const HISTORY = [{ role: "member" as const, text: "How do I sleep better?" }];

const PLAIN: Slot = { kind: "plain", directives: [] };
const BRIEF: Slot = {
  kind: "exploit",
  directives: [{ axis: "length", pole: -1, dose: 3, words: 30 }],
};
const PROSE: Slot = { kind: "explore", directives: [{ axis: "structure", pole: -1, dose: 2 }] };

describe("candidates from a language model", () => {
  let openai: LoopbackOpenAI;
  afterEach(() => openai.close());

  it("come in one request where the server honours n", async () => {
    const source = await start({ count: "honoured" });
    const { texts, failed } = await source.generate({ history: HISTORY, count: 4 });
    expect(new Set(texts).size).toBe(4);
    expect(failed).toBe(0);
    expect(openai.requests).toHaveLength(1);
    expect(openai.requests[0]).toMatchObject({ model: "loopback", n: 4 });
  });

  it("come one by one where it ignores n, and it learns that", async () => {
    const source = await start({ count: "ignored" });
    expect((await source.generate({ history: HISTORY, count: 4 })).texts).toHaveLength(4);
    expect(openai.requests).toHaveLength(4);
    await source.generate({ history: HISTORY, count: 4 });
    expect(openai.requests).toHaveLength(8);
    expect(openai.requests.slice(4).every(({ n }) => n === undefined)).toBe(true);
  });

  it("come in one request for each manner, whose words are the end of its system message", async () => {
    const source = await start({ count: "honoured" });
    const slots = [PLAIN, BRIEF, BRIEF, PROSE];
    const generated = await source.generate({ history: HISTORY, count: 4, slots });
    const asked = openai.requests.map(({ messages, n }) => ({ n, system: messages[0]!.content }));
    expect(asked).toHaveLength(3);
    const plain = asked.find(({ system }) => !system.includes(FORM_ALONE))!;
    const brief = asked.find(({ system }) =>
      system.endsWith(`${FORM_ALONE}\nWrite about 30 words.`),
    )!;
    const prose = asked.find(({ system }) => system.endsWith(`${FORM_ALONE}\nUse no list.`))!;
    expect([plain.n, brief.n, prose.n]).toEqual([undefined, 2, undefined]);
    expect(brief.system.startsWith(plain.system)).toBe(true);
    expect(generated.slots).toEqual(slots);
    expect(generated.texts).toHaveLength(4);
  });

  it("of every manner come where the server ignores n, and each text has its own slot", async () => {
    const source = await start({
      count: "ignored",
      answer: (_question, index, system) => `${index}: ${system.split("\n").at(-1)}`,
    });
    for (let round = 0; round < 2; round++) {
      const slots = [BRIEF, BRIEF, PROSE];
      const generated = await source.generate({ history: HISTORY, count: 3, slots });
      const told = generated.texts.map((text) => text.replace(/^\d+: /, ""));
      expect(told).toEqual(generated.slots!.map(mannerWords));
      expect(told.toSorted()).toEqual(slots.map(mannerWords).toSorted());
      expect(openai.requests).toHaveLength(3 * (round + 1));
    }
  });

  it.each([400, 422, 501])("come one by one where it refuses n with %i", async (refusalStatus) => {
    const source = await start({ count: "refused", refusalStatus });
    expect((await source.generate({ history: HISTORY, count: 3 })).texts).toHaveLength(3);
    const asked = openai.requests.length;
    await source.generate({ history: HISTORY, count: 3 });
    expect(openai.requests.slice(asked).map(({ n }) => n)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("are asked for together again after a time in which the server failed altogether", async () => {
    const source = await start();
    openai.fail({ kind: "status", status: 400 }, 10);
    await expect(source.generate({ history: HISTORY, count: 2 })).rejects.toThrow();
    openai.recover();
    await source.generate({ history: HISTORY, count: 2 });
    expect(openai.requests.at(-1)).toMatchObject({ n: 2 });
  });

  it("are never more than were asked for", async () => {
    const source = await start();
    const choices = Array.from({ length: 50 }, (_, at) => ({
      finish_reason: "stop",
      message: { content: `Answer ${at}.` },
    }));
    openai.fail({ kind: "answer", type: "application/json", body: JSON.stringify({ choices }) });
    const { texts, failed } = await source.generate({ history: HISTORY, count: 3 });
    expect(texts).toEqual(["Answer 0.", "Answer 1.", "Answer 2."]);
    expect(failed).toBe(0);
  });

  it("are asked for together as before where one message has no answer at all", async () => {
    const source = await start();
    openai.fail({ kind: "choiceless" }, 4);
    await expect(source.generate({ history: HISTORY, count: 3 })).rejects.toThrow();
    openai.recover();
    expect((await source.generate({ history: HISTORY, count: 3 })).texts).toHaveLength(3);
    expect(openai.requests.at(-1)).toMatchObject({ n: 3 });
  });

  it("may come in parts", async () => {
    const source = await start({ content: "parts", answer: () => "Sleep in the dark, and cool." });
    const { texts } = await source.generate({ history: HISTORY, count: 1 });
    expect(texts).toEqual(["Sleep in the dark, and cool."]);
  });

  it("that are reasoning without an answer are none, and the cause says how they ended", async () => {
    const source = await start({ content: "reasoning" });
    const generation = source.generate({ history: HISTORY, count: 2 });
    await expect(generation).rejects.toMatchObject({
      kind: "empty",
      cause: { message: expect.stringContaining("length") },
    });
  });

  it("that fail do not sink the others", async () => {
    const source = await start({ count: "ignored" });
    await source.generate({ history: HISTORY, count: 2 });
    openai.fail({ kind: "empty" });
    openai.fail({ kind: "filtered" });
    const { texts, failed } = await source.generate({ history: HISTORY, count: 4 });
    expect(texts).toHaveLength(2);
    expect(failed).toBe(2);
  });

  it("are tried again where the server stumbles", async () => {
    const source = await start();
    openai.fail({ kind: "status", status: 503 });
    openai.fail({ kind: "hangUp" });
    expect((await source.generate({ history: HISTORY, count: 2 })).texts).toHaveLength(2);
  });

  it.each([
    ["badKey", { kind: "status", status: 401 }],
    ["unknownModel", { kind: "status", status: 404, code: "model_not_found" }],
    ["quota", { kind: "status", status: 429, code: "insufficient_quota" }],
    ["rateLimited", { kind: "status", status: 429 }],
    ["unavailable", { kind: "status", status: 500 }],
    ["unavailable", { kind: "hangUp" }],
    ["filtered", { kind: "filtered" }],
    ["empty", { kind: "empty" }],
    ["unavailable", { kind: "notJson" }],
  ] as const)("that all fail say why: %s", async (kind, fault) => {
    const source = await start();
    openai.fail(fault, 20);
    const generation = source.generate({ history: HISTORY, count: 2 });
    await expect(generation).rejects.toMatchObject({ name: "GenerationFailedError", kind });
    await expect(
      generation.catch((error) => error.memberSentence(speakerOf("en"))),
    ).resolves.toMatch(/\.$/);
  });

  it("are given up after the deadline", async () => {
    const source = await start({}, 300);
    openai.fail({ kind: "delay", ms: 2_000 }, 20);
    const generation = source.generate({ history: HISTORY, count: 2 });
    await expect(generation).rejects.toMatchObject({ kind: "timeout" });
  });

  it("are given up when nobody wants them any more", async () => {
    const source = await start();
    openai.fail({ kind: "delay", ms: 2_000 });
    const signal = AbortSignal.timeout(100);
    const generation = source.generate({ history: HISTORY, count: 2, signal });
    await expect(generation).rejects.toMatchObject({ name: "GenerationFailedError" });
  });

  async function start(options: LoopbackOpenAIOptions = {}, timeoutMs = 20_000) {
    openai = await startLoopbackOpenAI(options);
    const configured = configuredFor(openai, { timeoutMs });
    return new LanguageModelCandidates(configured, new ChatServers(configured));
  }
});
