/** Which of Discord's refusals are normal life: things deleted, permissions taken away, answers too late. */
import { DiscordAPIError, RESTJSONErrorCodes } from "discord.js";
import type { Log } from "../log.js";
import { StoreUnavailableError } from "../storage/store-error.js";

/** What a log line says besides the error. */
export interface FailureFacts {
  readonly event: string;
  readonly [fact: string]: string | null | undefined;
}

type Codes = ReadonlySet<number | string>;

const GONE: Codes = new Set([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
]);

const FORBIDDEN: Codes = new Set([
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
  RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.MaximumNumberOfReactionsReached,
  RESTJSONErrorCodes.ReactionWasBlocked,
]);

const TOO_LATE: Codes = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);

/** Whether what the request was about can no longer be reached. */
export function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && GONE.has(error.code);
}

/** Whether the bot may not do what it tried, there or with that member. */
export function isForbidden(error: unknown): boolean {
  return error instanceof DiscordAPIError && FORBIDDEN.has(error.code);
}

/** Whether the interaction is over: it was answered already, or too late. */
export function isTooLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && TOO_LATE.has(error.code);
}

/**
 * Logs what is normal life in one line with Discord's code, at level info, and else an error; nothing
 * of a store that is unavailable, of which its health tells once.
 */
export function logFailure(log: Log, facts: FailureFacts, error: unknown): void {
  if (error instanceof StoreUnavailableError) return;
  const isNormal = isGone(error) || isForbidden(error) || isTooLate(error);
  const level = isNormal ? "info" : "error";
  log[level]({
    ...facts,
    ...(isNormal ? { code: (error as DiscordAPIError).code } : { err: error }),
  });
}
