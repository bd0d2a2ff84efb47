/**
 * Where the language model's server is: OPENAI_BASE_URL as people write it, with `/v1` added where
 * the server answers only there. What is sent to it never follows a redirect to another host.
 */

import { exchange, type HttpAnswer } from "./http-exchange.js";

/** The ends of addresses that the openai client adds by itself. */
const ENDPOINTS = /\/(?:chat\/completions|completions|embeddings|models|responses)$/;
const VERSION = /\/(?:api\/)?v\d\w*(?:\/|$)/;
const MOST_REDIRECTS = 3;

/** The base of `url`: without the endpoint, slashes at its end, and the query. */
export function baseOf(url: string): string {
  const { origin, pathname, username, password } = new URL(url);
  const login = username === "" ? "" : `${username}${password === "" ? "" : `:${password}`}@`;
  const path = pathname.replace(/\/{1,20}$/, "").replace(ENDPOINTS, "");
  return `${origin.replace("://", `://${login}`)}${path.replace(/\/{1,20}$/, "")}`;
}

/** What the query of `url` says in every request: Azure wants its `api-version` there. */
export function queryOf(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}

/** Whether `/v1` may be missing in `base`. */
export function mayLackVersion(base: string): boolean {
  return !VERSION.test(new URL(base).pathname);
}

/** `url`, which begins with `base`, with `/v1` after that. */
export function withVersion(url: string, base: string): string {
  return url.startsWith(base) ? `${base}/v1${url.slice(base.length)}` : url;
}

/** Undefined where the server sends its callers elsewhere: their words and the key do not follow. */
export async function fetchInPlace(
  url: string,
  init?: RequestInit,
): Promise<HttpAnswer | undefined> {
  let address = url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const response = await exchange(address, init);
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    response.body.destroy();
    if (!URL.canParse(location, address)) return undefined;
    const next = new URL(location, address);
    if (!isSameHost(new URL(address), next)) return undefined;
    address = next.href;
  }
  return undefined;
}

/** The same server, or the same with encryption, each on its usual port. */
function isSameHost(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  const isEncrypted = from.protocol === "http:" && to.protocol === "https:";
  return isEncrypted && from.hostname === to.hostname && from.port === "" && to.port === "";
}
