import { afterEach, describe, expect, it } from "vitest";
import type { OpenAIConfig } from "../../../src/config.js";
import { LanguageModelCandidates } from "../../../src/conversation/candidates/language-model-candidates.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { configuredFor } from "../../support/configured-server.js";
import { DIALECTS, type DialectName, dialectOf } from "../../support/loopback-dialects.js";
import {
  type LoopbackOpenAI,
  type LoopbackOpenAIOptions,
  startLoopbackOpenAI,
} from "../../support/loopback-openai.js";

const HISTORY = [
  { role: "bot", text: "Good morning!" },
  { role: "member", text: "I think tea is best.", other: 2 },
  { role: "member", text: "Is that so?" },
] as const;

describe("what a server takes", () => {
  let openai: LoopbackOpenAI;
  let source: LanguageModelCandidates;
  afterEach(() => openai.close());

  it.each(Object.keys(DIALECTS) as DialectName[])(
    "is learned from one question, and no other request is refused: %s",
    async (dialect) => {
      await start({ dialect });
      const { texts } = await generate();
      expect(texts).toHaveLength(3);
      for (const text of texts) expect(text).not.toMatch(/think|SECRET/);
      expect(openai.requests.length).toBeLessThanOrEqual(14);
      const asked = openai.requests.length;
      expect((await generate()).texts).toHaveLength(3);
      const { takesCount } = countOf(dialect);
      expect(openai.requests.length - asked).toBe(takesCount ? 1 : 3);
      for (const request of openai.requests.slice(asked)) expectNothingLost(request);
    },
  );

  it.each(["temperature", "n", "max_tokens", "max_completion_tokens"])(
    "is learned though the refusal names nothing: %s",
    async (field) => {
      await start({ dialect: { refuses: [field], isSilent: true } });
      expect((await generate()).texts).toHaveLength(3);
      const asked = openai.requests.length;
      await generate();
      const later = openai.requests.slice(asked);
      for (const request of later) expect(request).not.toHaveProperty(field);
      if (field !== "temperature") expect(later[0]).toHaveProperty("temperature");
    },
  );

  it("is learned once by several who ask at the same time", async () => {
    await start({ dialect: "stubborn" });
    const generated = await Promise.all(Array.from({ length: 5 }, () => generate()));
    for (const { texts } of generated) expect(texts).toHaveLength(3);
    // Five that are refused, six that find out, and what is wanted: none of it five times over.
    expect(openai.requests.length).toBeLessThanOrEqual(5 + 6 + 5 * 4);
    const asked = openai.requests.length;
    await generate();
    expect(openai.requests.length - asked).toBe(3);
  });

  it("is not learned from a message that is refused without a word", async () => {
    await start();
    openai.fail({ kind: "status", status: 400 });
    await expect(generate()).rejects.toMatchObject({ kind: "refused" });
    // The message, and one harmless question, which is answered.
    expect(openai.requests).toHaveLength(2);
    expect((await generate()).texts).toHaveLength(3);
    expect(openai.requests.at(-1)).toMatchObject({ n: 3, temperature: 1 });
  });

  it("is not looked for again and again where everything is refused", async () => {
    await start();
    openai.fail({ kind: "status", status: 400 }, 100);
    await expect(generate()).rejects.toMatchObject({ kind: "refused" });
    const asked = openai.requests.length;
    expect(asked).toBeLessThanOrEqual(7);
    await expect(generate()).rejects.toMatchObject({ kind: "refused" });
    expect(openai.requests.length - asked).toBe(1);
    openai.recover();
    await generate();
    expect(openai.requests.at(-1)).toMatchObject({ n: 3, temperature: 1 });
  });

  it("has its output bound under the name that it takes, and no larger than it takes", async () => {
    await start({}, { maximumOutputTokens: 50_000 });
    openai.fail({
      kind: "status",
      status: 400,
      message: "max_tokens is too large: 50000. This model supports at most 16384 tokens.",
    });
    await generate();
    await generate();
    expect(openai.requests.map(({ max_tokens }) => max_tokens)).toEqual([50_000, 16_384, 16_384]);
  });

  it("is told that nothing is streamed, and what one answer may have at most", async () => {
    await start({}, { maximumOutputTokens: 321 });
    await generate();
    expect(openai.requests[0]).toMatchObject({ stream: false, max_tokens: 321 });
  });

  it("is not the reason where a conversation is too long: it is asked again with fewer turns", async () => {
    await start();
    const long = Array.from({ length: 11 }, (_, at) => ({
      role: at % 2 === 0 ? ("member" as const) : ("bot" as const),
      text: `turn ${at}`,
    }));
    const status = 400;
    openai.fail({ kind: "status", status, code: "context_length_exceeded" }, 2);
    const { texts } = await source.generate({ history: long, count: 3 });
    expect(texts).toHaveLength(3);
    const turns = openai.requests.map(({ messages }) => messages.slice(1));
    expect(turns.map(({ length }) => length)).toEqual([11, 5, 1]);
    expect(turns.map((one) => one.at(-1)?.content)).toEqual(Array(3).fill("turn 10"));
    for (const [first] of turns) expect(first?.role).toBe("user");
  });

  it("may be less room for the answer, where the server counts that in", async () => {
    await start();
    const message =
      "This model's maximum context length is 4096 tokens. However, you requested 4500 tokens (500 in the messages, 4000 in the completion).";
    openai.fail({ kind: "status", status: 400, message });
    await generate();
    expect(openai.requests.map(({ max_tokens }) => max_tokens)).toEqual([4_000, 1_024]);
    expect(openai.requests[1]!.messages).toHaveLength(openai.requests[0]!.messages.length);
  });

  const generate = () => source.generate({ history: HISTORY, count: 3 });

  async function start(options: LoopbackOpenAIOptions = {}, changed: Partial<OpenAIConfig> = {}) {
    openai = await startLoopbackOpenAI(options);
    const configured = configuredFor(openai, { instruction: "Be kind.", ...changed });
    source = new LanguageModelCandidates(configured, new ChatServers(configured));
  }

  function countOf(name: DialectName): { takesCount: boolean } {
    const { ignoresN = false, refuses = [] } = dialectOf(name);
    return { takesCount: !ignoresN && !refuses.includes("n") };
  }

  function expectNothingLost({ messages }: LoopbackOpenAI["requests"][number]) {
    const said = messages.map(({ content }) => content).join("\n");
    for (const words of ["Good morning!", "> I think tea is best.", "Is that so?", "Be kind."]) {
      expect(said).toContain(words);
    }
    expect(messages.at(-1)?.content).toMatch(/^Member 2 wrote:\n> I think.*\n\nIs that so\?$/s);
  }
});
