/** Where a language model's server answers, and the list of its models. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendAs } from "./loopback-openai-faults.js";

/** Answers what is asked elsewhere as a web server does; returns whether the request is at its place. */
export function isAtItsPlace({ url }: IncomingMessage, response: ServerResponse): boolean {
  if (/^\/v1\/(?:chat\/completions|embeddings)(?:\?|$)/.test(url ?? "")) return true;
  sendAs(response, 404, "404 page not found", "text/plain");
  return false;
}

/** The list of `models`; a server with none says that there is nothing. */
export function answerModelList(
  { url }: IncomingMessage,
  response: ServerResponse,
  models: readonly string[],
): void {
  if (models.length === 0 || !url?.startsWith("/v1/models")) {
    sendAs(response, 404, "404 page not found", "text/plain");
    return;
  }
  const data = models.map((id) => ({ id, object: "model", created: 0, owned_by: "loopback" }));
  sendAs(response, 200, { object: "list", data });
}
