/** The conversation so far, within bounds. Knows no Discord. */

import { wholeCharacters } from "../safety/cut-places.js";
import type { ConversationTurn } from "./conversation-turn.js";

export interface HistoryLimits {
  readonly maximumTurns: number;
  readonly maximumCharacters: number;
}

/** What goes to the language model at most. */
export const HISTORY_LIMITS: HistoryLimits = { maximumTurns: 12, maximumCharacters: 12_000 };

const CUT_MARK = " […]";

/**
 * The newest turns that fit, oldest first. The last turn is always there; where it alone is too
 * long, its end is cut off and marked.
 */
export function boundHistory<Turn extends ConversationTurn>(
  turns: readonly Turn[],
  { maximumTurns, maximumCharacters }: HistoryLimits,
): Turn[] {
  const kept: Turn[] = [];
  let characters = 0;
  for (const turn of turns.slice(-maximumTurns).reverse()) {
    characters += turn.text.length;
    if (characters > maximumCharacters) {
      if (kept.length === 0) kept.push({ ...turn, text: cut(turn.text, maximumCharacters) });
      break;
    }
    kept.push(turn);
  }
  return kept.reverse();
}

function cut(text: string, length: number): string {
  const end = Math.max(1, length - CUT_MARK.length);
  return text.slice(0, wholeCharacters(text, end, 0)) + CUT_MARK;
}
