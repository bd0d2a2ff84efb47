/** Repeats a request while Discord is away for moments. Knows which errors pass, not what is asked. */
import { HTTPError } from "discord.js";
import pRetry from "p-retry";

/** In addition to those of discord.js, which follow each other at once. */
const RETRIES = { retries: 3, minTimeout: 1_000, factor: 2, randomize: true } as const;

/**
 * What `action` returns, which must be safe to repeat. Throws its error if Discord refuses, or is away
 * for longer, or `closing` was aborted meanwhile.
 */
export function retryWhileUnavailable<Result>(
  action: () => Promise<Result>,
  closing?: AbortSignal,
): Promise<Result> {
  return pRetry(action, {
    ...RETRIES,
    shouldRetry: ({ error }) => isOutage(error) && !closing?.aborted,
  });
}

/** Codes of Node's sockets, its resolver and its HTTP client (undici) for a network that fails. */
const NETWORK_CODES =
  /^(ECONN\w+|ENET\w+|EHOST\w+|EPIPE|EPROTO|ETIMEDOUT|EAI_\w+|ENOTFOUND|UND_ERR_(CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|SOCKET|RESPONSE\w*))$/;

/**
 * Whether Discord is away: it says so (5xx), or can't be reached in time. A refusal is no outage, nor is
 * an error of our own or of the store, which would come again.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof HTTPError) return error.status >= 500;
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && NETWORK_CODES.test(code)) return true;
  // discord.js aborts each of its tries after some seconds.
  return error.name === "AbortError" || (error.cause !== undefined && isOutage(error.cause));
}
