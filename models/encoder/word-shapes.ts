/** The shapes of a text's words: how long they are, how they end, how many differ. */
import type { Tokens } from "./tokens.js";

export interface WordShapes {
  /** UTF-16 units in all words. */
  units: number;
  distinct: number;
  /** Words of seven units or more. */
  long: number;
  /** Words of at most three units. */
  short: number;
  adverbs: number;
  nominalisations: number;
}

const LONG = 7;
const SHORT = 3;
const ENDINGS = {
  adverbs: ["ly"],
  nominalisations: ["tion", "tions", "sion", "ment", "ments", "ity", "ness", "ance", "ence", "ism"],
} as const;

type Ending = keyof typeof ENDINGS;

/** By the last UTF-16 unit of an ending: the endings and what they count as. */
const BY_LAST_UNIT = endingsByLastUnit();

/** Reads the shapes of the words of `tokens`. */
export function readWordShapes({ words, units, starts, hashes }: Tokens): WordShapes {
  const shapes: WordShapes = {
    units: starts[words]! - words,
    distinct: new Set(hashes.subarray(0, words)).size,
    long: 0,
    short: 0,
    adverbs: 0,
    nominalisations: 0,
  };
  for (let word = 0; word < words; word++) {
    const start = starts[word]!;
    const end = starts[word + 1]! - 1;
    if (end - start >= LONG) shapes.long++;
    if (end - start <= SHORT) shapes.short++;
    for (const [ending, count] of BY_LAST_UNIT.get(units[end - 1]!) ?? []) {
      if (end - start > ending.length + 1 && endsWith(units, end, ending)) {
        shapes[count]++;
        break;
      }
    }
  }
  return shapes;
}

function endsWith(units: Uint16Array, end: number, ending: string): boolean {
  for (let back = 1; back <= ending.length; back++) {
    if (units[end - back] !== ending.charCodeAt(ending.length - back)) return false;
  }
  return true;
}

function endingsByLastUnit(): Map<number, [string, Ending][]> {
  const byLast = new Map<number, [string, Ending][]>();
  for (const [count, endings] of Object.entries(ENDINGS) as [Ending, readonly string[]][]) {
    for (const ending of endings) {
      const last = ending.charCodeAt(ending.length - 1);
      byLast.set(last, [...(byLast.get(last) ?? []), [ending, count]]);
    }
  }
  return byLast;
}
