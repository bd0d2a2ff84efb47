/**
 * Answers that were being written when the process died: the line that says so still stands below their
 * messages. It becomes a sentence that says what has happened. Knows no members.
 */
import type { Client, Message, TextBasedChannel } from "discord.js";
import type { OwnShards } from "../../guilds/shards.js";
import { type Say, speakerOf } from "../../language/say.js";
import type { Log } from "../../shared/log.js";
import type { Clock } from "../../shared/time.js";
import { DIRECT_MESSAGES_GUILD } from "../../store/ids.js";
import { isLost, logFailure } from "../gateway/discord-errors.js";
import { retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import type { PendingLines } from "./pending-lines.js";
import { readMessages } from "./read-messages.js";
import { unfinished, withNote } from "./waiting-mark.js";

/** The line comes within seconds of the message that it stands below. */
const LOOKED_THROUGH = 100;
/** A channel that could not be reached for so long is given up. */
const GIVEN_UP_MS = 24 * 60 * 60 * 1000;

export interface UnfinishedAnswersParts {
  readonly client: Client;
  readonly lines: PendingLines;
  readonly shards: Pick<OwnShards, "isOurs">;
  readonly closing: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Settles all of this process's shards that it does not write itself. What fails is tried again with the
 * next session.
 */
export async function settleUnfinishedAnswers(parts: UnfinishedAnswersParts): Promise<void> {
  const { lines, shards, clock, closing, log } = parts;
  for (const [belowId, { channelId, guildId, at }] of await lines.left()) {
    if (closing.aborted) return;
    if (!shards.isOurs(guildId ?? DIRECT_MESSAGES_GUILD)) continue;
    try {
      await retryWhileUnavailable(() => settle(belowId, channelId, parts), closing);
    } catch (error) {
      logFailure(log, { event: "waiting.line-left", messageId: belowId }, error);
      if (!isLost(error) && clock() - at < GIVEN_UP_MS) continue;
    }
    await lines.forget(belowId);
  }
}

async function settle(
  belowId: string,
  channelId: string,
  { client, log }: UnfinishedAnswersParts,
): Promise<void> {
  const channel = await client.channels.fetch(channelId);
  if (!channel?.isTextBased()) return;
  for (const message of await ownMessagesBelow(belowId, channel, log)) {
    const found = unfinished(message.content);
    if (found === undefined) continue;
    const content = interrupted(found.shown, speakerOf(found.language));
    await message.edit({ content });
  }
}

/** The bot's messages below `belowId`, and those below them: a long answer is several. */
async function ownMessagesBelow(
  belowId: string,
  channel: TextBasedChannel,
  log: Log,
): Promise<Message[]> {
  const newer = await readMessages(channel, { after: belowId, limit: LOOKED_THROUGH }, log);
  const above = new Set([belowId]);
  return newer.filter(({ author, id, client, reference }) => {
    const isBelow = reference?.messageId !== undefined && above.has(reference.messageId);
    if (author.id !== client.user.id || !isBelow) return false;
    above.add(id);
    return true;
  });
}

/** What is said in the place of an answer of which `shown` was there. */
function interrupted(shown: string, say: Say): string {
  return shown === ""
    ? say("messages.restarted")
    : withNote(shown, say("messages.restartedWithin"));
}
