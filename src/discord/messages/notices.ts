/** The small print that the bot adds below an answer: where it is from, and what of the message was not seen. */
import type { ConversationTurn } from "../../conversation/conversation-turn.js";
import type { Reply } from "../../conversation/reply.js";
import { unseenSentence, withoutPictures } from "../../conversation/unseen.js";
import type { Say } from "../../language/say.js";

/** What to say below `reply` to the last turn of `history`; undefined if there is nothing to say. */
export function noticeBelow(
  { blind, demonstration }: Pick<Reply, "blind" | "demonstration">,
  history: readonly ConversationTurn[],
  say: Say,
): string | undefined {
  const [last] = (blind ? withoutPictures(history) : history).slice(-1);
  const lines = [
    demonstration && say("messages.demonstration", { prompt: demonstration }),
    small(unseenSentence(last?.unseen ?? [], say)),
    small(last?.isCut ? say("enclosures.cut") : undefined),
  ];
  return lines.filter((line) => line !== undefined).join("\n") || undefined;
}

/** What to say in place of an answer if nothing came of all that was sent; undefined if something did. */
export function nothingSentence(
  history: readonly ConversationTurn[],
  say: Say,
): string | undefined {
  const { text, pictures, unseen = [] } = history.at(-1)!;
  if (text !== "" || pictures !== undefined) return undefined;
  return unseenSentence(unseen, say) ?? say("messages.failed");
}

function small(sentence: string | undefined): string | undefined {
  return sentence && `-# ${sentence}`;
}
