/** Everything that a language model's server does wrong, and how it answers where it does not. */
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

interface Refusal {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  /** Seconds, or a date; the client is told to try again at once where not given. */
  readonly retryAfter?: string;
}

/** What the server does with one request instead of answering well. */
export type Fault =
  | ({ readonly kind: "status" } & Refusal)
  | { readonly kind: "delay"; readonly ms: number }
  /** The answer, or another fault, comes when `until` resolves. */
  | { readonly kind: "hold"; readonly until: Promise<unknown>; readonly fault?: Fault | undefined }
  | { readonly kind: "empty" }
  | { readonly kind: "filtered" }
  /** No choice at all. */
  | { readonly kind: "choiceless" }
  /** The answer ends in the middle of a sentence, because it took too many tokens. */
  | { readonly kind: "truncated"; readonly text: string }
  | { readonly kind: "notJson" }
  /** JSON by its header, and broken. */
  | { readonly kind: "brokenJson" }
  /** The body `null`. */
  | { readonly kind: "null" }
  /** An answer of so many bytes. */
  | { readonly kind: "huge"; readonly bytes: number; readonly told?: boolean }
  /** Any answer at all, as it is. */
  | {
      readonly kind: "answer";
      readonly status?: number;
      readonly body: unknown;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is cut before the answer, or in its middle. */
  | { readonly kind: "hangUp" }
  | { readonly kind: "cutOff" };

const JSON_TYPE = { "content-type": "application/json" };

/** Returns whether the request is done with. */
export async function misbehave(fault: Fault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case "delay":
      await sleep(fault.ms);
      return false;
    case "hold":
      await fault.until;
      return fault.fault === undefined ? false : misbehave(fault.fault, response);
    case "status":
      refuse(response, fault);
      return true;
    case "empty":
      complete(response, "loopback", [{ content: "" }], "stop");
      return true;
    case "filtered":
      complete(response, "loopback", [{ content: "" }], "content_filter");
      return true;
    case "choiceless":
      complete(response, "loopback", [], "stop");
      return true;
    case "truncated":
      complete(response, "loopback", [{ content: fault.text }], "length");
      return true;
    case "notJson":
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>proxy</h1>");
      return true;
    case "brokenJson":
      response.writeHead(200, JSON_TYPE).end('{"choices":[{"message":{"content":"Sle');
      return true;
    case "null":
      response.writeHead(200, JSON_TYPE).end("null");
      return true;
    case "huge":
      sendHuge(response, fault.bytes, fault.told ?? false);
      return true;
    case "answer":
      sendAs(response, fault.status ?? 200, fault.body, fault.type, fault.headers);
      return true;
    case "hangUp":
      response.socket?.destroy();
      return true;
    case "cutOff":
      response.writeHead(200, { ...JSON_TYPE, "content-length": "100000" });
      response.write('{"choices":[', () => response.socket?.destroy());
      return true;
  }
}

/** A good answer but for its size; the header tells the size or leaves it out. */
function sendHuge(response: ServerResponse, bytes: number, told: boolean): void {
  const message = { role: "assistant", content: "x".repeat(bytes) };
  const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }] });
  response.writeHead(200, { ...JSON_TYPE, ...(told && { "content-length": body.length }) });
  // The client may well hang up before the end.
  response.on("error", () => undefined);
  response.end(body);
}

export function refuse(
  response: ServerResponse,
  { status, code, message = "Refused on demand", retryAfter }: Refusal,
): void {
  const error = { message, type: "loopback", code: code ?? null };
  // The client would otherwise wait before it tries again.
  const wait = retryAfter === undefined ? { "retry-after-ms": "1" } : { "retry-after": retryAfter };
  response.writeHead(status, { ...JSON_TYPE, ...wait });
  response.end(JSON.stringify({ error }));
}

export function complete(
  response: ServerResponse,
  model: string,
  messages: readonly object[],
  reason: "stop" | "length" | "content_filter",
  tellsUsage = true,
): void {
  const choices = messages.map((message, index) => ({
    index,
    message: { role: "assistant", refusal: null, ...message },
    finish_reason: reason,
    logprobs: null,
  }));
  const usage = { prompt_tokens: 100, completion_tokens: 50 * choices.length, total_tokens: 0 };
  send(response, {
    ...{ id: "loopback", object: "chat.completion", created: 0, model, choices },
    ...(tellsUsage && { usage }),
  });
}

export function send(response: ServerResponse, body: object): void {
  response.writeHead(200, JSON_TYPE);
  response.end(JSON.stringify(body));
}

/** `body` as it is where it is a text, else as JSON. */
export function sendAs(
  response: ServerResponse,
  status: number,
  body: unknown,
  type = "application/json",
  headers: Readonly<Record<string, string>> = {},
): void {
  // The client would otherwise wait before it tries again.
  response.writeHead(status, { "content-type": type, "retry-after-ms": "1", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** The body of a chat completion with one choice. */
export function completionOf(message: object, more: object = {}): object {
  const choice = { index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" };
  return {
    id: "loopback",
    object: "chat.completion",
    created: 0,
    choices: [{ ...choice, ...more }],
  };
}
