import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { GenerationFailedError } from "../../../src/conversation/candidates/generation-error.js";
import { LanguageModelCandidates } from "../../../src/conversation/candidates/language-model-candidates.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { speakerOf } from "../../../src/language/say.js";
import { configuredFor } from "../../support/configured-server.js";
import {
  type LoopbackOpenAI,
  type LoopbackOpenAIOptions,
  startLoopbackOpenAI,
} from "../../support/loopback-openai.js";
import { completionOf, type Fault } from "../../support/loopback-openai-faults.js";

const HISTORY = [{ role: "member" as const, text: "How do I sleep better?" }];
const TRIES = 3;
/** What is asked once to find out whether the server refuses a part of the request. */
const SEARCH = 6;

/** A fault that lasts: how it is named, in how many requests, and what the sentence says. */
const LASTING: readonly (readonly [string, Fault, string, number, RegExp])[] = [
  ["a bad key", { kind: "status", status: 401 }, "badKey", 1, /admin/],
  ["a ban", { kind: "status", status: 403 }, "forbidden", 1, /differently/],
  ["a wrong model name", { kind: "status", status: 404 }, "unknownModel", 1, /admin/],
  [
    "an unpaid bill",
    { kind: "status", status: 402, message: "Insufficient credits" },
    "quota",
    1,
    /admin/,
  ],
  [
    "an exhausted quota",
    { kind: "status", status: 429, code: "insufficient_quota" },
    "quota",
    1,
    /admin/,
  ],
  ["a rate limit", { kind: "status", status: 429 }, "rateLimited", TRIES, /few minutes/],
  [
    "a rate limit of minutes",
    { kind: "status", status: 429, retryAfter: "720" },
    "rateLimited",
    1,
    /<t:\d+:R>/,
  ],
  ["maintenance", { kind: "status", status: 503 }, "unavailable", TRIES, /few minutes/],
  [
    "maintenance of an hour",
    { kind: "status", status: 503, retryAfter: "3600" },
    "unavailable",
    1,
    /<t:\d+:R>/,
  ],
  ["a broken gateway", { kind: "status", status: 502 }, "unavailable", TRIES, /few minutes/],
  [
    "a server's own error",
    { kind: "status", status: 500 },
    "unavailable",
    TRIES + SEARCH,
    /minutes/,
  ],
  ["a conversation that is too long", tooLong(), "tooLong", 1, /shorter/],
  ["a refused text", { kind: "status", status: 400 }, "refused", 1 + SEARCH, /differently/],
  ["a refusal by the content filter", filterRefusal(), "filtered", 1, /differently/],
  ["a filtered answer", { kind: "filtered" }, "filtered", 3, /differently/],
  ["an empty answer", { kind: "empty" }, "empty", 3, /try again/],
  ["an answer without a choice", { kind: "choiceless" }, "empty", 3, /try again/],
  ["a connection that is cut", { kind: "hangUp" }, "unavailable", TRIES, /few minutes/],
  ["one that is cut in mid-answer", { kind: "cutOff" }, "unavailable", TRIES, /few minutes/],
  ["a page of a proxy", { kind: "notJson" }, "unavailable", 1, /few minutes/],
  ["broken JSON", { kind: "brokenJson" }, "unavailable", 1, /few minutes/],
  ["the body null", { kind: "null" }, "unavailable", 1, /few minutes/],
  ["10 MB of text", { kind: "huge", bytes: 10_000_000 }, "tooLarge", 1, /shorter/],
  ["10 MB, told before", { kind: "huge", bytes: 10_000_000, told: true }, "tooLarge", 1, /shorter/],
];

describe("a fault of the language model", () => {
  let openai: LoopbackOpenAI;
  let source: LanguageModelCandidates;
  let tokens: number[] = [];
  afterEach(() => openai.close());

  it.each(LASTING)("is named and told in a sentence, after few tries: %s", async (...fault) => {
    const [, lasting, kind, requests, sentence] = fault;
    await start();
    openai.fail(lasting, 50);
    const error = await failure();
    expect(error).toMatchObject({ name: "GenerationFailedError", kind });
    expect(openai.requests).toHaveLength(requests);
    expect(error.memberSentence(speakerOf("en"))).toMatch(sentence);
    expect(error.memberSentence(speakerOf("en")).length).toBeLessThan(160);
    expect(error.memberSentence(speakerOf("en")).match(/[.!?]/g)).toHaveLength(1);
    expect(JSON.stringify([error.message, String(error.cause)])).not.toMatch(
      /demand|proxy|credits/,
    );
  });

  it.each([
    { kind: "status", status: 429, retryAfter: "0.05" },
    { kind: "status", status: 500 },
    { kind: "status", status: 529 },
    { kind: "hangUp" },
    { kind: "cutOff" },
  ] as const)("that passes is not noticed: $kind $status", async (fault) => {
    await start();
    openai.fail(fault, TRIES - 1);
    expect((await generate()).texts).toHaveLength(2);
  });

  it("where nobody listens at the address, it can't be reached", async () => {
    await start();
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    source = candidatesFrom(`http://127.0.0.1:${port}/v1`);
    expect((await failure()).kind).toBe("unavailable");
  });

  it("that asks for minutes says until when, in a time that Discord shows", async () => {
    await start();
    openai.fail({ kind: "status", status: 429, retryAfter: "720" }, 50);
    const before = Date.now();
    const memberSentence = (await failure()).memberSentence(speakerOf("en"));
    const seconds = Number(/<t:(\d+):R>/.exec(memberSentence)![1]);
    expect(seconds * 1000).toBeGreaterThanOrEqual(before + 720_000);
    expect(seconds * 1000).toBeLessThan(Date.now() + 722_000);
  });

  it("the wait between two tries ends where the time for the answer does", async () => {
    await start({}, 300);
    openai.fail({ kind: "status", status: 429, retryAfter: "4.5" }, 50);
    const sooner = failure().then(({ kind }) => kind);
    expect(await Promise.race([sooner, sleep(4_000, "still waiting")])).toBe("timeout");
  });

  it("an answer of 100,000 characters is cut", async () => {
    await start({ answer: (_, index) => `${index} ${"long ".repeat(20_000)}` });
    const { texts } = await generate();
    expect(texts.map(({ length }) => length)).toEqual([20_000, 20_000]);
  });

  it("a truncated answer is better than none, and shows that it is cut", async () => {
    await start();
    openai.fail({ kind: "truncated", text: "Keep regular hours, and" }, 50);
    expect((await generate()).texts).toEqual(["Keep regular hours, and…"]);
  });

  it("a truncated answer is left out where there is a whole one", async () => {
    await start({ count: "ignored", answer: () => "Keep regular hours." });
    openai.fail({ kind: "truncated", text: "Keep regular" });
    expect((await generate()).texts).toEqual(["Keep regular hours."]);
  });

  it("tokens are counted as the server tells them", async () => {
    await start();
    await generate();
    expect(tokens).toEqual([200]);
  });

  it.each([1e308, 1e12, -1e12, Number.NaN, null, "many", {}, [7]])(
    "tokens that can't be true use up nobody's budget: %s",
    async (count) => {
      await start();
      const usage = { prompt_tokens: count, completion_tokens: count };
      openai.fail({ kind: "answer", body: { ...completionOf({ content: "Hm." }), usage } });
      await generate(1);
      expect(tokens[0]).toBeGreaterThan(0);
      expect(tokens[0]).toBeLessThan(10_000);
    },
  );

  it("tokens are estimated where the server does not tell them", async () => {
    await start({ tellsUsage: false, answer: (_, index) => `${index}`.repeat(300) });
    await generate();
    expect(tokens).toHaveLength(1);
    expect(tokens[0]).toBeGreaterThan(200);
    expect(tokens[0]).toBeLessThan(1_000);
  });

  it("an answer that nobody waited for is counted too: it may well be paid for", async () => {
    await start({}, 200);
    openai.fail({ kind: "delay", ms: 1_000 }, 50);
    await failure();
    expect(tokens).toHaveLength(1);
    // Two candidates that may well be as long as they can be.
    expect(tokens[0]).toBeGreaterThan(2 * 4_000);
    expect(tokens[0]).toBeLessThan(2 * 4_000 + 1_000);
  });

  it("no more requests are on their way at once than allowed", async () => {
    await start({ count: "ignored" });
    openai.fail({ kind: "delay", ms: 20 }, 50);
    await Promise.all([generate(8), generate(8)]);
    expect(openai.requests.length).toBeGreaterThanOrEqual(16);
    expect(openai.mostAtOnce).toBeLessThanOrEqual(3);
  });

  async function start(options: LoopbackOpenAIOptions = {}, timeoutMs = 20_000) {
    openai = await startLoopbackOpenAI(options);
    tokens = [];
    source = candidatesFrom(openai.baseUrl, timeoutMs);
  }

  function candidatesFrom(baseUrl: string, timeoutMs = 20_000) {
    const configured = configuredFor({ baseUrl }, { timeoutMs });
    const onUsage = (input: number, output: number) => void tokens.push(input + output);
    const server = new ChatServers(configured, onUsage, { requestsAtOnce: 3 });
    return new LanguageModelCandidates(configured, server);
  }

  const generate = (count = 2) => source.generate({ history: HISTORY, count });

  async function failure(): Promise<GenerationFailedError> {
    return generate().then(
      () => expect.unreachable("there are candidates"),
      (error) => error as GenerationFailedError,
    );
  }
});

function tooLong(): Fault {
  return { kind: "status", status: 400, code: "context_length_exceeded" };
}

function filterRefusal(): Fault {
  return { kind: "status", status: 400, code: "content_filter" };
}
