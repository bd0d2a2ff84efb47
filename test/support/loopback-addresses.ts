/** Where a language model's server answers. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendAs } from "./loopback-openai-faults.js";

/** Answers what is asked elsewhere as a web server does; returns whether the request is at its place. */
export function isAtItsPlace({ url }: IncomingMessage, response: ServerResponse): boolean {
  if (/^\/v1\/(?:chat\/completions|embeddings|audio\/transcriptions)(?:\?|$)/.test(url ?? ""))
    return true;
  sendAs(response, 404, "404 page not found", "text/plain");
  return false;
}
