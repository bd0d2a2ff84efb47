/** The chain of replies that leads to a message, as a conversation. Reads from Discord, keeps nothing. */
import type { Message } from "discord.js";
import type { ConversationTurn } from "../chat/history.js";
import { plainRequest } from "../chat/plain-request.js";
import type { Log } from "../log.js";
import { textOf } from "./addressing.js";

/** Follows at most `maximumTurns` messages back from `message`, which is the last turn. Oldest first. */
export async function conversationOf(
  message: Message,
  botId: string,
  maximumTurns: number,
  log: Log,
): Promise<ConversationTurn[]> {
  const turns: ConversationTurn[] = [];
  let current: Message | undefined = message;
  while (current !== undefined && turns.length < maximumTurns) {
    prepend(turns, turnOf(current, botId));
    current = await referenced(current, log);
  }
  return turns;
}

function turnOf(message: Message, botId: string): ConversationTurn {
  if (message.author.id !== botId) {
    return { role: "member", text: plainRequest(textOf(message, botId)).text };
  }
  // Only a ballot has embeds: beside them its content is the bot's question, and no answer.
  return { role: "bot", text: message.embeds[0]?.description ?? message.content };
}

/** A long answer is several messages, and still one turn. */
function prepend(turns: ConversationTurn[], turn: ConversationTurn): void {
  const next = turns[0];
  if (turn.text === "") return;
  if (next?.role === "bot" && turn.role === "bot") {
    turns[0] = { role: "bot", text: `${turn.text}\n\n${next.text}` };
  } else turns.unshift(turn);
}

async function referenced(message: Message, log: Log): Promise<Message | undefined> {
  if (message.reference?.messageId === undefined) return undefined;
  try {
    return await message.fetchReference();
  } catch (error) {
    // Deleted, or no permission to read the history: the conversation starts here.
    log.debug({ event: "history.unreadable", messageId: message.id, err: error });
    return undefined;
  }
}
