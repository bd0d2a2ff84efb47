/**
 * A language model server of our own on a loopback port: OpenAI's chat completions with answers in
 * different styles, its embeddings, and every fault that a real one has.
 */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { isAxisQuestion, nameAxesOf } from "./axis-namer.js";
import { type EmbeddingRequest, embeddingAnswer } from "./loopback-embeddings.js";
import { STYLES, styledAnswer } from "./styled-answers.js";

export interface ChatRequest {
  readonly model: string;
  readonly n?: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** What the server does with one request instead of answering well. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
    }
  | { readonly kind: "delay"; readonly ms: number }
  | { readonly kind: "empty" }
  | { readonly kind: "filtered" }
  | { readonly kind: "notJson" }
  | { readonly kind: "hangUp" };

export interface LoopbackOpenAIOptions {
  /** Whether `n` is honoured, ignored (one answer comes) or refused; with 400 where no status is given. */
  readonly count?: "honoured" | "ignored" | "refused";
  readonly refusalStatus?: number;
  /** How the text of an answer is sent: as it is, in parts, or not at all after some reasoning. */
  readonly content?: "text" | "parts" | "reasoning";
  /** Instead of answers in different styles. */
  readonly answer?: (question: string, index: number) => string;
}

const MESSAGES = {
  text: (text: string) => ({ content: text }),
  parts: (text: string) => ({
    content: [
      { type: "text", text: text.slice(0, 10) },
      { type: "text", text: text.slice(10) },
    ],
  }),
  reasoning: (text: string) => ({ content: null, reasoning_content: `How about: ${text}` }),
};

export type LoopbackOpenAI = Awaited<ReturnType<typeof startLoopbackOpenAI>>;

export async function startLoopbackOpenAI(options: LoopbackOpenAIOptions = {}) {
  const { count = "honoured", refusalStatus = 400, content = "text" } = options;
  const requests: ChatRequest[] = [];
  const embeddingRequests: EmbeddingRequest[] = [];
  const faults: Fault[] = [];
  const embeddingFaults: Fault[] = [];
  let answered = 0;
  const answer =
    options.answer ??
    ((question: string, index: number) =>
      styledAnswer(question, STYLES[index % STYLES.length]!, index));

  const server = createServer(async (incoming, response) => {
    const body: unknown = JSON.parse(await text(incoming));
    if (incoming.url?.endsWith("/embeddings")) {
      const request = body as EmbeddingRequest;
      embeddingRequests.push(request);
      const fault = embeddingFaults.shift();
      if (fault !== undefined && (await misbehave(fault, response))) return;
      send(response, embeddingAnswer(request));
      return;
    }
    const request = body as ChatRequest;
    requests.push(request);
    const fault = faults.shift();
    if (fault !== undefined && (await misbehave(fault, response))) return;
    if (count === "refused" && request.n !== undefined) {
      refuse(response, refusalStatus, "unsupported_parameter");
      return;
    }
    const question = request.messages.at(-1)!.content;
    // Not counted: members' answers go through the styles in the same order with and without it.
    if (options.answer === undefined && isAxisQuestion(question)) {
      complete(response, request.model, [MESSAGES.text(nameAxesOf(question))], "stop");
      return;
    }
    const wanted = count === "honoured" ? (request.n ?? 1) : 1;
    const texts = Array.from({ length: wanted }, () => answer(question, answered++));
    const messages = texts.map((text) => MESSAGES[content](text));
    complete(response, request.model, messages, content === "reasoning" ? "length" : "stop");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    /** Of chat completions. */
    requests,
    /** What is still to go wrong with them. */
    faults,
    embeddingRequests,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Does `fault` with the next `times` chat completions. */
    fail(fault: Fault, times = 1): void {
      for (let time = 0; time < times; time++) faults.push(fault);
    },
    /** Forgets the faults that have not happened yet. */
    recover(): void {
      faults.length = 0;
    },
    /** Does `fault` with the next `times` requests for embeddings. */
    failEmbeddings(fault: Fault, times = 1): void {
      for (let time = 0; time < times; time++) embeddingFaults.push(fault);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Returns whether the request is done with. */
async function misbehave(fault: Fault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case "delay":
      await sleep(fault.ms);
      return false;
    case "status":
      refuse(response, fault.status, fault.code, fault.message);
      return true;
    case "empty":
      complete(response, "loopback", [{ content: "" }], "stop");
      return true;
    case "filtered":
      complete(response, "loopback", [{ content: "" }], "content_filter");
      return true;
    case "notJson":
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>proxy</h1>");
      return true;
    case "hangUp":
      response.socket?.destroy();
      return true;
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  code?: string,
  message = "Refused on demand",
): void {
  const error = { message, type: "loopback", code: code ?? null };
  // The client would otherwise wait before it tries again.
  response.writeHead(status, { "content-type": "application/json", "retry-after-ms": "1" });
  response.end(JSON.stringify({ error }));
}

function complete(
  response: ServerResponse,
  model: string,
  messages: readonly object[],
  reason: "stop" | "length" | "content_filter",
): void {
  const choices = messages.map((message, index) => ({
    index,
    message: { role: "assistant", refusal: null, ...message },
    finish_reason: reason,
    logprobs: null,
  }));
  const usage = { prompt_tokens: 100, completion_tokens: 50 * choices.length, total_tokens: 0 };
  send(response, { id: "loopback", object: "chat.completion", created: 0, model, choices, usage });
}

function send(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
