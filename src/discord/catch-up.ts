/** After a time of absence: brings every open ballot in line with the reactions that stand now. */
import type { Client, Message } from "discord.js";
import type { Log } from "../log.js";
import type { Choice } from "../storage/records.js";
import type { Ballots } from "../voting/ballots.js";
import { choiceOfEmoji } from "../voting/choices.js";
import type { Votes } from "../voting/votes.js";
import type { BallotMessages } from "./ballot-messages.js";

export interface CatchUpParts {
  readonly client: Client;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly ballotMessages: BallotMessages;
  readonly log: Log;
}

/** Goes through all open ballots, newest first. A ballot that fails is logged and left for the next time. */
export async function catchUp(parts: CatchUpParts): Promise<void> {
  const open: [messageId: string, createdAt: number][] = [];
  for await (const [messageId, { createdAt }] of parts.ballots.open()) {
    open.push([messageId, createdAt]);
  }
  open.sort(([, first], [, second]) => second - first);
  for (const [messageId] of open) {
    try {
      await catchUpWith(parts, messageId);
    } catch (error) {
      parts.log.warn({ event: "ballot.catch-up-failed", messageId, err: error });
    }
  }
}

async function catchUpWith(parts: CatchUpParts, messageId: string): Promise<void> {
  const ballot = await parts.ballots.get(messageId);
  if (ballot === undefined) return;
  try {
    const channel = await parts.client.channels.fetch(ballot.channelId);
    if (!channel?.isTextBased()) return;
    await parts.votes.reconcile(messageId, ballot.memberId, async () => {
      const message = await channel.messages.fetch({ message: messageId, force: true });
      return standingChoices(message, ballot.memberId);
    });
    await parts.ballotMessages.show(messageId);
  } catch (error) {
    await parts.ballotMessages.giveUpWhereGone(messageId, error);
  }
}

/**
 * The member's choices among the reactions. Undefined where the bot's own reactions are gone too:
 * then a moderator cleared them, and nobody took a vote back.
 */
async function standingChoices(
  message: Message,
  memberId: string,
): Promise<ReadonlySet<Choice> | undefined> {
  const standing = new Set<Choice>();
  let ownSeen = false;
  for (const reaction of message.reactions.cache.values()) {
    const choice = choiceOfEmoji(reaction.emoji.name ?? "");
    if (choice === undefined) continue;
    ownSeen ||= reaction.me;
    // One request for one member: the first user after the id just below theirs.
    const after = (BigInt(memberId) - 1n).toString();
    const users = await reaction.users.fetch({ after, limit: 1 });
    if (users.has(memberId)) standing.add(choice);
  }
  return ownSeen ? standing : undefined;
}
