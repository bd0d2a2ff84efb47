/** Messages as turns of a conversation. Reads what is there, asks Discord nothing. */
import type { Message } from "discord.js";
import { isBallotMessage } from "../ballots/ballot-content.js";
import type { UnreadTurn } from "../enclosures/enclosure-reader.js";
import { contentOf } from "./addressing.js";
import { requestIn } from "./message-parts.js";

/** `members` are those seen so far, the one who is answered first; a new one is added. */
export function turnOf(message: Message, botId: string, members: string[]): UnreadTurn {
  const { author, embeds } = message;
  if (author.id === botId) {
    // A ballot's content is the bot's question; its answers are embeds. Other embeds may quote members.
    const text = isBallotMessage(message)
      ? (embeds[0]?.description ?? "")
      : contentOf(message).replace(SMALL_PRINT, "").trim();
    return { role: "bot", text };
  }
  if (!members.includes(author.id)) members.push(author.id);
  const at = members.indexOf(author.id);
  const { text, unseen, enclosures } = requestIn(message, botId);
  return {
    role: "member",
    text,
    ...(at > 0 && { other: at + 1 }),
    ...(unseen.length > 0 && { unseen }),
    ...(enclosures.length > 0 && { enclosures }),
  };
}

/** What the bot itself says below an answer; answers have none. */
const SMALL_PRINT = /^-# .*$/gm;

/** Puts `turn` before `turns`, if it says anything. A long answer is several messages, and still one turn. */
export function prepend(turns: UnreadTurn[], turn: UnreadTurn): void {
  const next = turns[0];
  if (turn.text === "" && turn.unseen === undefined && turn.enclosures === undefined) return;
  if (next?.role === "bot" && turn.role === "bot") {
    turns[0] = { role: "bot", text: `${turn.text}\n\n${next.text}` };
  } else turns.unshift(turn);
}
