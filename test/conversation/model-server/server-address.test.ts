import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LanguageModelCandidates } from "../../../src/conversation/candidates/language-model-candidates.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { baseOf } from "../../../src/conversation/model-server/server-address.js";
import { configuredFor } from "../../support/configured-server.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import { completionOf } from "../../support/loopback-openai-faults.js";

const HISTORY = [{ role: "member" as const, text: "How do I sleep better?" }];
const ANSWER = "Keep regular hours.";
const COMPLETION = completionOf({ content: ANSWER });
const JSON_TEXT = JSON.stringify(COMPLETION);
const chunk = (delta: object, end: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: end }] })}\n\n`;

/** Whole answers under another name than JSON's: what it is, the type, the body. */
const ENVELOPES: readonly (readonly [string, string, string])[] = [
  [
    "a stream of lists of parts",
    "text/event-stream",
    `${chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "hm" }] }] })}${chunk({ content: [{ type: "text", text: "Keep regular hours." }] }, "stop")}data: [DONE]\n\n`,
  ],
  ["a text", "text/plain; charset=utf-8", JSON_TEXT],
  ["a file", "application/octet-stream", JSON_TEXT],
  ["a stream of events, with no more than its name", "text/event-stream", JSON_TEXT],
  ["a stream of one event", "text/event-stream", `data: ${JSON_TEXT}\n\ndata: [DONE]\n\n`],
  ["JSON, and the end of a stream", "text/event-stream", `${JSON_TEXT}\n\ndata: [DONE]\n\n`],
  ["JSON after blank lines", "application/json", `\n\n\n   \n${JSON_TEXT}`],
  ["JSON after a byte order mark", "application/json", `\ufeff${JSON_TEXT}`],
  ["JSON on many lines", "text/plain", JSON.stringify(COMPLETION, undefined, 2)],
  [
    "a stream of parts",
    "text/event-stream",
    `: OPENROUTER PROCESSING\n\n${chunk({ role: "assistant" })}${chunk({ content: "Keep " })}${chunk({ reasoning_content: "hm" })}${chunk({ content: "regular hours." })}${chunk({}, "stop")}data: [DONE]\n\n`,
  ],
];

describe("where the language model's server is", () => {
  let openai: LoopbackOpenAI;
  beforeEach(async () => {
    openai = await startLoopbackOpenAI({ answer: () => ANSWER });
  });
  afterEach(() => openai.close());

  it.each([
    "",
    "/",
    "/v1",
    "/v1/",
    "/v1//",
    "/v1/chat/completions",
    "/v1/chat/completions/",
    "/v1/models",
  ])("is understood, whatever follows the host: %s", async (path) => {
    const source = candidatesAt(`${root()}${path}`);
    for (const _ of ["learned", "and remembered"]) {
      expect((await source.generate({ history: HISTORY, count: 1 })).texts).toEqual([ANSWER]);
    }
    expect(openai.requests).toHaveLength(2);
  });

  it.each(["/api", "/v2", "/v1/engines"])("is told to be wrong at: %s", async (path) => {
    const generation = candidatesAt(`${root()}${path}`).generate({ history: HISTORY, count: 1 });
    await expect(generation).rejects.toMatchObject({ kind: "badAddress" });
  });

  it("keeps what comes after a question mark for every request", () => {
    expect(
      baseOf("https://a.openai.azure.com/openai/deployments/d/chat/completions?api-version=1"),
    ).toBe("https://a.openai.azure.com/openai/deployments/d");
  });

  it.each(ENVELOPES)("what it answers is understood as %s", async (_, type, body) => {
    openai.fail({ kind: "answer", type, body });
    const { texts } = await candidatesAt(openai.baseUrl).generate({ history: HISTORY, count: 1 });
    expect(texts).toEqual([ANSWER]);
    expect(openai.requests).toHaveLength(1);
  });

  it.each([301, 302, 307, 308])(
    "no words and no key follow to another host: %i",
    async (status) => {
      const heard: string[] = [];
      const elsewhere = createServer((request, response) => {
        heard.push(String(request.headers.authorization));
        response.writeHead(200, { "content-type": "application/json" }).end(JSON_TEXT);
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
      const { port } = elsewhere.address() as AddressInfo;
      const headers = { location: `http://127.0.0.1:${port}/v1/chat/completions` };
      openai.fail({ kind: "answer", status, body: "", headers }, 10);
      const generation = candidatesAt(openai.baseUrl).generate({ history: HISTORY, count: 1 });
      await expect(generation).rejects.toMatchObject({ kind: "badAddress" });
      expect(heard).toEqual([]);
      elsewhere.close();
    },
  );

  it("a redirect within the server is followed, with the words", async () => {
    const headers = { location: "/v1/chat/completions" };
    openai.fail({ kind: "answer", status: 308, body: "", headers });
    const { texts } = await candidatesAt(openai.baseUrl).generate({ history: HISTORY, count: 1 });
    expect(texts).toEqual([ANSWER]);
    expect(openai.requests[1]).toEqual(openai.requests[0]);
  });

  it("redirects in a circle are no place", async () => {
    const headers = { location: "/v1/chat/completions" };
    openai.fail({ kind: "answer", status: 307, body: "", headers }, 50);
    const generation = candidatesAt(openai.baseUrl).generate({ history: HISTORY, count: 1 });
    await expect(generation).rejects.toMatchObject({ kind: "badAddress" });
    expect(openai.requests.length).toBeLessThan(6);
  });

  const root = () => openai.baseUrl.replace(/\/v1$/, "");

  function candidatesAt(baseUrl: string) {
    const configured = configuredFor({ baseUrl });
    return new LanguageModelCandidates(configured, new ChatServers(configured));
  }
});
