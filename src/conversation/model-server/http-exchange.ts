/**
 * A request to a language model's server and its answer as it comes in. By undici's `request`, since `fetch`
 * takes four times as long for what nobody needs here; the openai client gets its `Response` when all is read.
 */
import { pipeline, Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { type Dispatcher, request } from "undici";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Unpacked. Whoever does not read it to its end destroys it, which closes the connection. */
  readonly body: Readable;
}

/**
 * Sends what `init` says and resolves with the answer's head; no redirect is followed. Throws what the network,
 * or the reason of `init.signal`, gives.
 */
export function exchange(url: string, init: RequestInit = {}): Promise<HttpAnswer> {
  const { body } = init;
  const isText = body === undefined || body === null || typeof body === "string";
  return isText ? exchangeText(url, init, body ?? null) : exchangeForm(url, init);
}

async function exchangeText(
  url: string,
  { method, headers: asked, signal }: RequestInit,
  words: string | null,
): Promise<HttpAnswer> {
  const { statusCode, headers, body } = await request(url, {
    method: (method ?? "GET").toUpperCase() as Dispatcher.HttpMethod,
    headers: Object.fromEntries(new Headers(asked)),
    body: words,
    ...(signal && { signal }),
  });
  const unread = unpacked(body, headers);
  // One that is destroyed before its end says so as an error, also where nobody reads any more.
  unread.on("error", () => undefined);
  return { status: statusCode, headers: headersFrom(headers), body: unread };
}

/** Files, as a voice message, which come seldom: `fetch` knows how to write forms. */
async function exchangeForm(url: string, init: RequestInit): Promise<HttpAnswer> {
  const { status, headers, body } = await fetch(url, { ...init, redirect: "manual" });
  const unread = body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream);
  unread.on("error", () => undefined);
  return { status, headers, body: unread };
}

function headersFrom(sent: Dispatcher.ResponseData["headers"]): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(sent)) {
    for (const value of [values ?? []].flat()) headers.append(name, value);
  }
  return headers;
}

/** A proxy in front of the server may pack an answer although nobody asked for it. */
function unpacked(body: Readable, headers: Dispatcher.ResponseData["headers"]): Readable {
  const unpacker = unpackerFor(String(headers["content-encoding"] ?? ""));
  // What fails on the way is thrown where the last stream is read.
  return unpacker === undefined ? body : pipeline(body, unpacker, () => undefined);
}

function unpackerFor(encoding: string) {
  switch (encoding.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      return undefined;
  }
}
