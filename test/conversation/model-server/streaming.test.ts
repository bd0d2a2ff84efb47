import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { CandidateRequest } from "../../../src/conversation/candidates/candidate-source.js";
import { LanguageModelCandidates } from "../../../src/conversation/candidates/language-model-candidates.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { configuredFor } from "../../support/configured-server.js";
import { DIALECTS, type DialectName } from "../../support/loopback-dialects.js";
import {
  type LoopbackOpenAI,
  type LoopbackOpenAIOptions,
  startLoopbackOpenAI,
} from "../../support/loopback-openai.js";

const HISTORY = [{ role: "member", text: "When do I water?" }] as const;
const ANSWER = "Water the plants early, before the sun is high. ".repeat(10).trim();

describe("an answer that is sent while it is written", () => {
  let openai: LoopbackOpenAI;
  let source: LanguageModelCandidates;
  let spent: (readonly [input: number, output: number])[];
  afterEach(() => openai.close());

  async function start(options: LoopbackOpenAIOptions = {}): Promise<void> {
    openai = await startLoopbackOpenAI({ answer: () => ANSWER, ...options });
    spent = [];
    const config = configuredFor(openai);
    const servers = new ChatServers(config, (input, output) => spent.push([input, output]));
    source = new LanguageModelCandidates(config, servers);
  }
  const request: CandidateRequest = { history: HISTORY, count: 1 };
  /** The answer, and everything that came of it before it was whole. */
  async function watched() {
    const seen: string[] = [];
    const onProgress = (soFar: () => string) => seen.push(soFar());
    const { texts } = await source.generate({ ...request, onProgress });
    return { text: texts[0], seen };
  }

  it("is read as it grows, and is the same in the end", async () => {
    await start();
    await source.generate(request);
    const { text, seen } = await watched();
    expect(text).toBe(ANSWER);
    expect(seen.length).toBeGreaterThan(10);
    for (const part of seen) expect(ANSWER.startsWith(part)).toBe(true);
    expect(openai.requests.at(-1)).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("costs the tokens that the server tells, and an estimate where it tells none", async () => {
    await start();
    await source.generate(request);
    await watched();
    expect(spent.at(-1)).toEqual([100, 50]);
    await openai.close();
    await start({ tellsUsage: false });
    await source.generate(request);
    await watched();
    expect(spent.at(-1)![1]).toBe(Math.ceil(ANSWER.length / 3));
  });

  it("is not shown before a whole one was seen: thoughts may look like an answer", async () => {
    await start();
    expect((await watched()).seen).toEqual([]);
    expect(openai.requests[0]!.stream).toBe(false);
    expect((await watched()).seen.length).toBeGreaterThan(0);
  });

  it("is never shown of a model whose thoughts have an end and no beginning", async () => {
    await start({ dialect: { thinksAloud: (answer) => `I wonder.\n</think>\n\n${answer}` } });
    await source.generate(request);
    const { text, seen } = await watched();
    expect(text).toBe(ANSWER);
    expect(seen).toEqual([]);
  });

  it.each([
    ["stream", { refuses: ["stream"] }],
    ["stream, and says nothing of it", { refuses: ["stream"], isSilent: true }],
    ["stream_options", { refuses: ["stream_options"] }],
    ["stream_options, and says nothing of it", { refuses: ["stream_options"], isSilent: true }],
  ])("comes from a server that refuses %s, which is learned once", async (_name, dialect) => {
    await start({ dialect });
    await source.generate(request);
    expect((await watched()).text).toBe(ANSWER);
    const asked = openai.requests.length;
    const { text, seen } = await watched();
    expect(text).toBe(ANSWER);
    expect(openai.requests.length).toBe(asked + 1);
    expect(seen.length > 0).toBe(!dialect.refuses.includes("stream"));
  });

  it.each(Object.keys(DIALECTS) as DialectName[])(
    "comes from every server: %s",
    async (dialect) => {
      await start({ dialect });
      await source.generate(request);
      await watched();
      const { text, seen } = await watched();
      expect(text).toBe(ANSWER);
      expect(seen.length).toBeGreaterThan(0);
    },
  );

  it("comes whole from a server that takes the wish and does not follow it", async () => {
    await start({ stream: "whole" });
    await source.generate(request);
    expect(await watched()).toMatchObject({ text: ANSWER, seen: [""] });
  });

  it("begins anew if the connection breaks in its middle", async () => {
    let breaks = 1;
    await start({
      stream: {
        before: async (sent) => {
          await setImmediate();
          if (sent.length > 100 && breaks-- > 0) throw new Error("Cut.");
        },
      },
    });
    await source.generate(request);
    const { text, seen } = await watched();
    expect(text).toBe(ANSWER);
    expect(seen.lastIndexOf("")).toBeGreaterThan(1);
  });
});
