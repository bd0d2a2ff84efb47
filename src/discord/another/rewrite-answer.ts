/** Puts another text into the messages of an answer. Knows the channel; no store. */
import type { TextBasedChannel } from "discord.js";
import { splitMessage } from "../../conversation/split-message.js";
import { deleteFollowUp } from "../ballots/showing.js";
import { ANSWER_FLAGS } from "../gateway/client.js";
import { retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import { sendReply } from "../messages/answer-messages.js";
import type { Row } from "./another-controls.js";

/**
 * Makes the messages `pieceIds` say `text`, with `rows` below the last one: those that are too many are
 * deleted, and what is missing is sent below. Returns the messages in order. Throws discord.js's error
 * if Discord refuses.
 */
export async function rewriteAnswer(
  channel: TextBasedChannel,
  pieceIds: readonly string[],
  text: string,
  rows: readonly Row[],
): Promise<string[]> {
  const contents = splitMessage(text);
  const last = contents.length - 1;
  const ids: string[] = [];
  for (const [piece, content] of contents.entries()) {
    const components = piece === last ? [...rows] : [];
    const message = { content, embeds: [], components, flags: ANSWER_FLAGS } as const;
    const id = pieceIds[piece] ?? ids.at(-1)!;
    if (piece < pieceIds.length) {
      await retryWhileUnavailable(() => channel.messages.edit(id, message));
      ids.push(id);
    } else {
      const above = await channel.messages.fetch(id);
      ids.push((await sendReply(above, message)).id);
    }
  }
  for (const id of pieceIds.slice(contents.length)) await deleteFollowUp(channel, id);
  return ids;
}
