/**
 * Which of Discord's refusals are normal life, and would come again with every retry: things deleted,
 * permissions taken away, words that a server does not allow, answers that come too late.
 */
import { DiscordAPIError, RESTJSONErrorCodes } from "discord.js";
import type { Log } from "../../shared/log.js";
import { StoreUnavailableError } from "../../store/store-error.js";

/** What a log line says apart from the error. */
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
  RESTJSONErrorCodes.CannotReferenceAMessageWithoutPermissionToReadMessageHistory,
  RESTJSONErrorCodes.MaximumNumberOfReactionsReached,
  RESTJSONErrorCodes.ReactionWasBlocked,
  RESTJSONErrorCodes.ThreadLocked,
  RESTJSONErrorCodes.ActionCannotBePerformedDueToSlowmodeRateLimit,
  RESTJSONErrorCodes.ChannelWriteRateLimit,
  RESTJSONErrorCodes.ServerWriteRateLimit,
  RESTJSONErrorCodes.CannotSendAMessageInAForumChannel,
  RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
  RESTJSONErrorCodes.CannotExecuteActionOnDMChannel,
  RESTJSONErrorCodes.CannotExecuteActionOnSystemMessage,
  RESTJSONErrorCodes.ChannelVerificationLevelTooHighForYouToGainAccess,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  RESTJSONErrorCodes.OpeningDirectMessagesTooFast,
  RESTJSONErrorCodes.SendMessagesHasBeenTemporarilyDisabled,
  RESTJSONErrorCodes.FeatureTemporarilyDisabledServerSide,
  RESTJSONErrorCodes.MaximumThreadParticipantsReached,
  RESTJSONErrorCodes.MaximumActiveThreads,
  RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
]);

/** The words are not allowed there; others would be. */
const UNWANTED: Codes = new Set([
  RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration,
  RESTJSONErrorCodes.TitleWasBlockedByAutomaticModeration,
  RESTJSONErrorCodes.MessageBlockedByHarmfulLinksFilter,
  RESTJSONErrorCodes.ExplicitContentCannotBeSentToTheDesiredRecipient,
]);
const FORBIDDEN_STATUS = 403;
const INTERACTION_ACKNOWLEDGED = RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;

const TOO_LATE: Codes = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  INTERACTION_ACKNOWLEDGED,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);

/** Whether what the request was about can no longer be reached. */
export function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && GONE.has(error.code);
}

/** Whether the message itself was deleted, and its channel is still there. */
export function isUnknownMessage(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
}

/** Whether a message is no longer there, with or without its channel. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  return isGone(error) && error.code !== RESTJSONErrorCodes.MissingAccess;
}

/** Whether the bot may not do what it tried, there or with that member, whatever it says. */
export function isForbidden(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError) || isGone(error) || isUnwanted(error)) return false;
  // Discord has more codes than its page lists, and no retry mends a 403.
  return FORBIDDEN.has(error.code) || error.status === FORBIDDEN_STATUS;
}

/** Whether it was the words: the server's AutoMod, or Discord, does not let them be sent. */
export function isUnwanted(error: unknown): boolean {
  return error instanceof DiscordAPIError && UNWANTED.has(error.code);
}

/** Whether Discord refuses in a way that no retry mends. */
export function isRefusal(error: unknown): boolean {
  return isForbidden(error) || isUnwanted(error);
}

/** Whether an earlier acknowledgement of the interaction arrived, and its receipt got lost. */
export function isAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === INTERACTION_ACKNOWLEDGED;
}

/** Whether the interaction is over: it was answered already, or too late. */
export function isTooLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && TOO_LATE.has(error.code);
}

/**
 * Logs what is normal life in one line with Discord's code at level info, anything else as an error;
 * nothing if the store is unavailable, which its health logs once.
 */
export function logFailure(log: Log, facts: FailureFacts, error: unknown): void {
  if (error instanceof StoreUnavailableError) return;
  const isNormal = isGone(error) || isRefusal(error) || isTooLate(error);
  const level = isNormal ? "info" : "error";
  log[level]({
    ...facts,
    ...(isNormal ? { code: (error as DiscordAPIError).code } : { err: error }),
  });
}
