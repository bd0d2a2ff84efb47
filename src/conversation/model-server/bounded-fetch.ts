/**
 * What the openai client leaves open: how many requests are on their way at once, how much of an
 * answer is read, where it is asked, and in which form every server answers. The client still does
 * the retries; this tells it where they make no sense.
 */
import PQueue from "p-queue";
import { GrowingText } from "./event-stream.js";
import { failureOfServer, REDIRECTED, TOO_LARGE } from "./failure-of.js";
import type { HttpAnswer } from "./http-exchange.js";
import { LONGEST_PAUSE_MS, retryAfterMs } from "./retry-after.js";
import { fetchInPlace, mayLackVersion, withVersion } from "./server-address.js";
import { type Envelope, openEnvelope } from "./server-envelope.js";
import type { ServerError } from "./server-error.js";

/** Of an error's body, from which only a code, a type and a few words are read. */
const MOST_ERROR_BYTES = 64 * 1024;

type Fetch = (url: string | URL | Request, init?: WatchedInit) => Promise<Response>;

/** How much of an answer is there: called with the words so far, and with "" when it begins anew. */
export type TextListener = (text: string) => void;

/** What the client passes on with a request of which somebody reads along. */
export interface WatchedInit extends RequestInit {
  readonly onText?: TextListener;
}

export interface FetchBounds {
  /** What is read of an answer; more becomes an error with the code {@link TOO_LARGE}. */
  readonly mostBytes: number;
  /** Beyond them a request waits, as long as its signal allows. */
  readonly requestsAtOnce: number;
  /** The address before the endpoint. Where nothing is found there, `/v1` is added once and for all. */
  readonly base: string;
}

/** One answer of the server, opened. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly envelope: Envelope;
}

/**
 * A `fetch` that reads the whole answer before it returns, so that a connection that breaks in its
 * middle fails here, where the client tries again; who reads along is told what has come. Whatever the
 * server's form, streamed or not, what it returns is JSON in OpenAI's, with the status that fits.
 */
export function boundedFetch({ mostBytes, requestsAtOnce, base }: FetchBounds): Fetch {
  const queue = new PQueue({ concurrency: requestsAtOnce });
  let mayAddVersion = mayLackVersion(base);
  let addsVersion = false;

  async function ask(url: string, init: WatchedInit | undefined): Promise<Answer> {
    const answer = await answerFrom(addsVersion ? withVersion(url, base) : url, mostBytes, init);
    if (!mayAddVersion || !isMisplaced(answer)) return answer;
    const other = await answerFrom(withVersion(url, base), mostBytes, init);
    if (isMisplaced(other)) return answer;
    // A refusal says that somebody is there; a fault does not.
    if (other.status < 500) [addsVersion, mayAddVersion] = [true, false];
    return other;
  }

  return (url, init) => {
    const signal = init?.signal;
    const request = async () => toResponse(await ask(String(url), init));
    return queue.add(request, signal ? { signal } : {});
  };
}

async function answerFrom(
  url: string,
  mostBytes: number,
  watched: WatchedInit | undefined,
): Promise<Answer> {
  const { onText, ...init } = watched ?? {};
  onText?.("");
  const response = await fetchInPlace(url, init);
  if (response === undefined) return ourError(400, REDIRECTED, "The server leads elsewhere.");
  const { status } = response;
  const ok = status >= 200 && status < 300;
  const most = ok ? mostBytes : MOST_ERROR_BYTES;
  const { bytes, isCut } = await readAtMost(response, most, ok ? onText : undefined);
  if (isCut && ok) return ourError(413, TOO_LARGE, "The answer was too large to read.");
  const envelope = openEnvelope(status, new TextDecoder().decode(bytes));
  return { status, headers: response.headers, bytes, envelope };
}

/** Whether there is no server for language models at the address. */
function isMisplaced({ envelope }: Answer): boolean {
  if (envelope.kind === "strange") return envelope.isPage;
  if (envelope.kind !== "error" || envelope.error.code === REDIRECTED) return false;
  return failureOfServer(envelope.error) === "badAddress";
}

function toResponse({ headers: sent, bytes, envelope }: Answer): Response {
  const headers = new Headers(sent);
  // They describe the body as it was sent, and it has been unpacked.
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  if (envelope.kind === "strange") {
    return new Response(bytes, { headers });
  }
  headers.set("content-type", "application/json");
  if (envelope.kind === "answer") return new ReadResponse(envelope.json, { headers });
  const { error } = envelope;
  if (isHopeless(error, headers)) headers.set("x-should-retry", "false");
  return new ReadResponse(JSON.stringify({ error }), { status: error.status, headers });
}

/** A response whose words are read already; a stream around them would be made to be read at once. */
class ReadResponse extends Response {
  override readonly text: () => Promise<string>;
  override readonly json: () => Promise<unknown>;

  constructor(words: string, init: ResponseInit) {
    super(null, init);
    this.text = async () => words;
    this.json = async () => JSON.parse(words);
  }
}

/** Whether another try within seconds would fail the same way. */
function isHopeless(error: ServerError, headers: Headers): boolean {
  const wait = retryAfterMs(headers, Date.now());
  if (wait !== undefined && wait > LONGEST_PAUSE_MS) return true;
  return !["rateLimited", "unavailable"].includes(failureOfServer(error));
}

async function readAtMost(
  { body, headers }: HttpAnswer,
  most: number,
  onText: TextListener | undefined,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  const growing = new GrowingText();
  let length = 0;
  let isCut = Number(headers.get("content-length") ?? 0) > most;
  if (isCut) body.destroy();
  else {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      isCut = length > most;
      // Leaving the loop closes the connection.
      if (isCut) break;
      if (onText !== undefined && growing.add(chunk)) onText(growing.text);
    }
  }
  return { bytes: new Uint8Array(Buffer.concat(chunks).subarray(0, most)), isCut };
}

/** In the form of an error of the server, which the client does not try again. */
function ourError(status: number, code: string, message: string): Answer {
  const error = { status, code, type: "attune", message, isJson: true };
  return {
    status,
    headers: new Headers(),
    bytes: new Uint8Array(),
    envelope: { kind: "error", error },
  };
}
