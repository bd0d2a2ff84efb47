/**
 * A language model server of our own on a loopback port: OpenAI's chat completions with answers in
 * different styles, and every fault that a real one has.
 */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
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
  /** Whether `n` is honoured, ignored (one answer comes) or refused (400). */
  readonly count?: "honoured" | "ignored" | "refused";
  /** Instead of answers in different styles. */
  readonly answer?: (question: string, index: number) => string;
}

export type LoopbackOpenAI = Awaited<ReturnType<typeof startLoopbackOpenAI>>;

export async function startLoopbackOpenAI(options: LoopbackOpenAIOptions = {}) {
  const { count = "honoured" } = options;
  const requests: ChatRequest[] = [];
  const faults: Fault[] = [];
  let answered = 0;
  const answer =
    options.answer ??
    ((question: string, index: number) =>
      styledAnswer(question, STYLES[index % STYLES.length]!, index));

  const server = createServer(async (incoming, response) => {
    const request = JSON.parse(await text(incoming)) as ChatRequest;
    requests.push(request);
    const fault = faults.shift();
    if (fault !== undefined && (await misbehave(fault, response))) return;
    if (count === "refused" && request.n !== undefined) {
      refuse(response, 400, "unsupported_parameter");
      return;
    }
    const wanted = count === "honoured" ? (request.n ?? 1) : 1;
    const question = request.messages.at(-1)!.content;
    const contents = Array.from({ length: wanted }, () => answer(question, answered++));
    complete(response, request.model, contents, "stop");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    requests,
    /** What is still to go wrong. */
    faults,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Does `fault` with the next `times` requests. */
    fail(fault: Fault, times = 1): void {
      for (let time = 0; time < times; time++) faults.push(fault);
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
      complete(response, "loopback", [""], "stop");
      return true;
    case "filtered":
      complete(response, "loopback", [""], "content_filter");
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
  contents: readonly string[],
  reason: "stop" | "content_filter",
): void {
  const choices = contents.map((content, index) => ({
    index,
    message: { role: "assistant", content, refusal: null },
    finish_reason: reason,
    logprobs: null,
  }));
  const usage = { prompt_tokens: 100, completion_tokens: 50 * choices.length, total_tokens: 0 };
  const body = { id: "loopback", object: "chat.completion", created: 0, model, choices, usage };
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
