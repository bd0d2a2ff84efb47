/** Asks Discord again where it was away for moments. Knows which errors pass, and not what is asked. */
import { DiscordAPIError, DiscordjsError } from "discord.js";
import pRetry from "p-retry";
import { StoreError } from "../storage/store-error.js";

/** Beside the attempts of discord.js, which follow each other at once. */
const RETRIES = { retries: 3, minTimeout: 1_000, factor: 2, randomize: true } as const;

/**
 * What `action` returns, which must bear being repeated. Throws its error where Discord refuses, or is
 * away for longer, or `closing` came meanwhile.
 */
export function outlast<Result>(
  action: () => Promise<Result>,
  closing?: AbortSignal,
): Promise<Result> {
  return pRetry(action, {
    ...RETRIES,
    shouldRetry: ({ error }) => isOutage(error) && !closing?.aborted,
  });
}

/** Whether Discord is away: what it refuses, what discord.js does not ask for, and what the store says is no outage. */
export function isOutage(error: unknown): boolean {
  return !(
    error instanceof DiscordAPIError ||
    error instanceof DiscordjsError ||
    error instanceof StoreError
  );
}
