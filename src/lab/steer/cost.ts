/** What the candidates of one answer would cost with a real language model. */
import type { Slot } from "../../../models/steering/spread.js";
import { sentenceOf } from "../../../models/steering/vocabulary.js";
import type { Pool } from "./pools.js";

/** Of the system message and a short conversation, in tokens. */
const CONVERSATION = 250;
const TOKENS_A_WORD = 4 / 3;
const CHARACTERS_A_TOKEN = 4;
/** Examples are cut there. */
const WORDS_OF_AN_EXAMPLE = 60;
/** That they show the manner alone. */
const EXAMPLES_HEADING = 30;

export interface Cost {
  /** One for all candidates of one manner, which differ by `n` alone. */
  readonly requests: number;
  /** In and out, each once: an estimate from words. */
  readonly tokens: number;
}

/** What was asked for, and what came. */
export interface Asked {
  readonly rows: readonly number[];
  readonly slots: readonly Slot[];
  readonly examples: readonly number[];
}

export function costOf(pool: Pool, { rows, slots, examples }: Asked): Cost {
  const manners = new Set(slots.map(({ directives }) => directives.map(sentenceOf).join(" ")));
  const shown = examples.reduce(
    (sum, row) => sum + Math.min(pool.words[row]!, WORDS_OF_AN_EXAMPLE) * TOKENS_A_WORD,
    examples.length > 0 ? EXAMPLES_HEADING : 0,
  );
  const incoming = [...manners].reduce(
    (sum, manner) => sum + CONVERSATION + shown + manner.length / CHARACTERS_A_TOKEN,
    0,
  );
  const outgoing = rows.reduce((sum, row) => sum + pool.words[row]! * TOKENS_A_WORD, 0);
  return { requests: manners.size, tokens: incoming + outgoing };
}
