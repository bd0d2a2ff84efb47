/**
 * What the openai client leaves open: how many requests are on their way at once, how much of an
 * answer is read, and how long is waited between its tries. The client still does the retries; this tells it where they make no sense.
 */
import PQueue from "p-queue";
import { LONGEST_PAUSE_MS, retryAfterMs } from "./retry-after.js";

/** Of an error's body, from which only a code and a type are read. */
const MOST_ERROR_BYTES = 64 * 1024;

/** The code of the error that stands for an answer that was too large to read. */
export const TOO_LARGE = "answer_too_large";

/**
 * A `fetch` that reads the whole answer before it returns, so that a connection that breaks in its
 * middle fails here, where the client tries again. An answer of more than `mostBytes` is not read to
 * its end: it becomes an error with the code {@link TOO_LARGE}. Beyond `requestsAtOnce` a request
 * waits, as long as its signal allows.
 */
export function boundedFetch(mostBytes: number, requestsAtOnce: number) {
  const queue = new PQueue({ concurrency: requestsAtOnce });
  return (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const signal = init?.signal;
    return queue.add(() => fetchWithin(mostBytes, input, init), signal ? { signal } : {});
  };
}

async function fetchWithin(
  mostBytes: number,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Response> {
  const response = await fetch(input, init);
  const { status, statusText } = response;
  const { bytes, isCut } = await readAtMost(response, response.ok ? mostBytes : MOST_ERROR_BYTES);
  if (isCut && response.ok) return tooLarge();
  const headers = new Headers(response.headers);
  // They describe the body as it was sent, and it has been unpacked.
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  if (isHopeless(response, bytes)) headers.set("x-should-retry", "false");
  return new Response(bytes.length === 0 ? null : bytes, { status, statusText, headers });
}

/** Whether another try within seconds would fail the same way. */
function isHopeless({ status, headers }: Response, body: Uint8Array): boolean {
  const wait = retryAfterMs(headers, Date.now());
  if (wait !== undefined && wait > LONGEST_PAUSE_MS) return true;
  return status === 429 && Buffer.from(body).includes("insufficient_quota");
}

async function readAtMost(
  { body, headers }: Response,
  most: number,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isCut = Number(headers.get("content-length") ?? 0) > most;
  if (isCut) await body?.cancel();
  else {
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      length += chunk.length;
      isCut = length > most;
      // Leaving the loop closes the connection.
      if (isCut) break;
    }
  }
  return { bytes: new Uint8Array(Buffer.concat(chunks).subarray(0, most)), isCut };
}

/** In the form of an error of the server, the only one that the client does not try again. */
function tooLarge(): Response {
  const error = { code: TOO_LARGE, type: "attune", message: "The answer was too large to read." };
  const headers = { "content-type": "application/json", "x-should-retry": "false" };
  return new Response(JSON.stringify({ error }), { status: 413, headers });
}
