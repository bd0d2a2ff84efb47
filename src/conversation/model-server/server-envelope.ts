/**
 * What came from a language model's server, brought into the form of the openai client: JSON under
 * whatever name, errors that come with the status of success, and errors in every server's own form.
 */
import { bodyOfStream } from "./event-stream.js";
import {
  brokenChoice,
  readServerError,
  type ServerError,
  statusInside,
  tellsError,
} from "./server-error.js";

/** Where an error comes without a status of its own: a fault behind the server, which may pass. */
const UNTOLD_STATUS = 502;

export type Envelope =
  | { readonly kind: "answer"; readonly json: string }
  /** Not to be understood: a page, or JSON that is cut. */
  | { readonly kind: "strange"; readonly isPage: boolean }
  | { readonly kind: "error"; readonly error: ServerError };

/** What `text`, which came with `status`, is. */
export function openEnvelope(status: number, text: string): Envelope {
  const plain = text.replace(/^\ufeff/, "").trim();
  const parsed = parse(plain);
  const body = parsed === undefined ? bodyOfStream(plain) : parsed;
  if (status >= 300) {
    const told = status >= 400 && status <= 599 ? status : UNTOLD_STATUS;
    return { kind: "error", error: readServerError(body === undefined ? plain : body, told) };
  }
  if (body === undefined) return { kind: "strange", isPage: plain.startsWith("<") };
  if (!tellsError(body)) {
    return { kind: "answer", json: parsed === undefined ? JSON.stringify(body) : plain };
  }
  const told = brokenChoice(body) ?? body;
  return { kind: "error", error: readServerError(told, statusInside(told) ?? UNTOLD_STATUS) };
}

/** Undefined where `text` is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
