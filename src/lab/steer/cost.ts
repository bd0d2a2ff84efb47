/** What the candidates of one answer would cost with a real language model. */
import type { Slot } from "../../../models/steering/spread.js";
import { sentenceOf } from "../../../models/steering/vocabulary.js";
import type { Pool } from "./pools.js";

/** Of the system message and a short conversation, in tokens. */
const CONVERSATION = 250;
const TOKENS_A_WORD = 4 / 3;
const CHARACTERS_A_TOKEN = 4;

export interface Cost {
  /** One for all candidates of one manner, which differ by `n` alone. */
  readonly requests: number;
  /** In and out, each once: an estimate from words. */
  readonly tokens: number;
}

export function costOf(pool: Pool, rows: readonly number[], slots: readonly Slot[]): Cost {
  const manners = new Set(slots.map(({ directives }) => directives.map(sentenceOf).join(" ")));
  const incoming = [...manners].reduce(
    (sum, manner) => sum + CONVERSATION + manner.length / CHARACTERS_A_TOKEN,
    0,
  );
  const outgoing = rows.reduce((sum, row) => sum + pool.words[row]! * TOKENS_A_WORD, 0);
  return { requests: manners.size, tokens: incoming + outgoing };
}
