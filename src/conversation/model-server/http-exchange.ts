/**
 * A request to a language model's server and its answer as it comes in. By undici's `request`, since `fetch`
 * takes four times as long for what nobody needs here; the openai client gets its `Response` when all is read.
 */
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { type Dispatcher, request } from "undici";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Unpacked. Whoever does not read it to its end destroys it, which closes the connection. */
  readonly body: Readable;
}

/**
 * Sends what `init` says and resolves with the answer's head, which is no redirect followed. Throws what the
 * network, or the reason of `init.signal`, gives; a TypeError for a body that is no text.
 */
export async function exchange(url: string, init: RequestInit = {}): Promise<HttpAnswer> {
  const { body: words, method, headers: asked, signal } = init;
  if (words !== undefined && words !== null && typeof words !== "string") {
    throw new TypeError("Only text can be sent to a language model's server.");
  }
  const { statusCode, headers, body } = await request(url, {
    method: (method ?? "GET").toUpperCase() as Dispatcher.HttpMethod,
    headers: Object.fromEntries(new Headers(asked)),
    body: words ?? null,
    ...(signal && { signal }),
  });
  const unread = unpacked(body, headers);
  // One that is destroyed before its end says so as an error, also where nobody reads any more.
  unread.on("error", () => undefined);
  return { status: statusCode, headers: headersFrom(headers), body: unread };
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
