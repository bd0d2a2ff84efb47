/**
 * Ballots that were being posted when the process died, so that nobody knows whether Discord took
 * them: those that it took are adopted, the others deleted. Knows Discord's messages, no votes.
 */
import type { Client, Message } from "discord.js";
import type { Ballots } from "../../ballots/ballots.js";
import type { Log } from "../../shared/log.js";
import type { Clock } from "../../shared/time.js";
import type { BallotRecord } from "../../store/records.js";
import { isGone, logFailure } from "../gateway/discord-errors.js";
import { retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import { readMessages } from "../messages/read-messages.js";
import { BALLOT_BUTTONS } from "./ballot-content.js";
import { LONGEST_POSTING_MS } from "./posted-elsewhere.js";
import type { BallotPosting } from "./posting.js";

/** A ballot comes within seconds of the message that it answers. */
const LOOKED_THROUGH = 100;

export interface UnfinishedPostsParts {
  readonly client: Client;
  readonly ballots: Ballots;
  readonly posting: Pick<BallotPosting, "adopt" | "isPosting">;
  /** Whether another process may still be posting them. */
  readonly isShared: boolean;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly log: Log;
}

/**
 * Settles all for which `concerns` is true and that no process is posting. If one fails, it is tried again
 * next time.
 */
export async function settleUnfinishedPosts(
  parts: UnfinishedPostsParts,
  concerns: (ballot: BallotRecord) => boolean,
): Promise<void> {
  const { ballots, posting, log } = parts;
  const unposted: [belowId: string, ballot: BallotRecord][] = [];
  for await (const entry of ballots.unposted()) if (concerns(entry[1])) unposted.push(entry);
  for (const [belowId, ballot] of unposted) {
    if (posting.isPosting(belowId)) continue;
    try {
      const posted = await lookFor(belowId, ballot, parts);
      if (posted === undefined) await closeUnlessPosted(belowId, ballot, parts);
      else await posting.adopt(belowId, posted);
    } catch (error) {
      logFailure(log, { event: "ballot.unsettled", messageId: belowId }, error);
    }
  }
}

/** Another process may post it a moment later: then its announcement is what this one knows it by. */
async function closeUnlessPosted(
  belowId: string,
  { createdAt }: BallotRecord,
  { ballots, isShared, clock }: UnfinishedPostsParts,
): Promise<void> {
  if (isShared && clock() < createdAt + LONGEST_POSTING_MS) return;
  await ballots.close(belowId);
}

/** Undefined if it was not posted, or its channel is gone. */
async function lookFor(
  belowId: string,
  ballot: BallotRecord,
  parts: UnfinishedPostsParts,
): Promise<Message | undefined> {
  try {
    return await retryWhileUnavailable(() => find(parts, belowId, ballot), parts.closing);
  } catch (error) {
    if (!isGone(error)) throw error;
    logFailure(parts.log, { event: "ballot.unsettled", messageId: belowId }, error);
    return undefined;
  }
}

async function find(
  { client, log }: UnfinishedPostsParts,
  belowId: string,
  { channelId }: BallotRecord,
): Promise<Message | undefined> {
  const channel = await client.channels.fetch(channelId);
  if (!channel?.isTextBased()) return undefined;
  const newer = await readMessages(channel, { after: belowId, limit: LOOKED_THROUGH }, log);
  return newer.find(
    (message) =>
      message.author.id === client.user?.id &&
      message.reference?.messageId === belowId &&
      message.components.some(hasBallotButton),
  );
}

function hasBallotButton(row: Message["components"][number]): boolean {
  return (
    "components" in row &&
    row.components.some(
      (one) => "customId" in one && one.customId?.startsWith(`${BALLOT_BUTTONS}:`),
    )
  );
}
