/** From a reaction added or removed to the vote, and to the ballot that shows it. */
import type { Log } from "../log.js";
import { choiceOfEmoji } from "../voting/choices.js";
import type { Votes } from "../voting/votes.js";
import type { BallotMessages } from "./ballot-messages.js";

/** What is needed of a reaction; the ids are there even where discord.js knows only a part of it. */
export interface ReactionEvent {
  readonly kind: "added" | "removed";
  readonly emoji: string | null;
  readonly messageId: string;
  readonly userId: string;
}

export interface ReactionHandlerParts {
  readonly votes: Votes;
  readonly ballotMessages: BallotMessages;
  readonly log: Log;
}

/** Counts the reaction where it is the asked member's choice on a ballot. Never throws. */
export async function handleReaction(
  event: ReactionEvent,
  parts: ReactionHandlerParts,
): Promise<void> {
  const choice = choiceOfEmoji(event.emoji ?? "");
  if (choice === undefined) return;
  const { messageId, userId } = event;
  try {
    await parts.ballotMessages.allKept();
    const ballot =
      event.kind === "added"
        ? await parts.votes.cast(messageId, userId, choice)
        : await parts.votes.withdraw(messageId, userId, choice);
    if (ballot === undefined) return;
    const { guildId } = ballot;
    parts.log.info({ event: "vote.changed", change: event.kind, guildId, messageId, choice });
    await parts.ballotMessages.show(messageId);
  } catch (error) {
    parts.log.error({ event: "vote.failed", messageId, err: error });
  }
}
