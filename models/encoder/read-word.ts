/** Reads one word into the tokens. Letters, digits, the marks that sit on them, apostrophes inside. */
import {
  CAPITAL,
  COMBINING,
  codePointAt,
  DIGIT,
  IDEOGRAPH,
  kindOf,
  LETTER,
  lowerCaseOf,
  NON_LATIN,
  UNSPACED,
  widthOf,
} from "./characters.js";
import { EMPTY_HASH, hashUnit } from "./text-hash.js";
import type { Tokens } from "./tokens.js";

const APOSTROPHE = 0x27;
const TYPOGRAPHIC_APOSTROPHE = 0x2019;
const BLANK_UNIT = 0x20;
const LONGEST_CONTRACTION = 2;
/** About as long as a word of Thai. */
const UNSPACED_LETTERS = 4;

/** Reads the word that starts with the letter or digit at `start`; gives where it ends. */
export function readWord(text: string, start: number, tokens: Tokens): number {
  const { units, starts, characters } = tokens;
  const from = starts[tokens.words]!;
  const first = kindOf(codePointAt(text, start, characters));
  let unit = from;
  let afterApostrophe = 0;
  let letters = 0;
  let capitals = 0;
  let at = start;
  while (at < characters) {
    const codePoint = codePointAt(text, at, characters);
    const kind = kindOf(codePoint);
    if (at > start && endsUnspaced(kind, first, letters)) break;
    if ((kind & (LETTER | DIGIT | COMBINING)) !== 0) {
      if ((kind & LETTER) !== 0) letters++;
      if ((kind & CAPITAL) !== 0) capitals++;
      if ((kind & NON_LATIN) !== 0) tokens.nonLatin++;
      const end = at + widthOf(codePoint);
      while (at < end) units[unit++] = lowerCaseOf(text.charCodeAt(at++));
    } else if (isApostrophe(codePoint) && letterAt(text, at + 1, characters)) {
      units[unit++] = APOSTROPHE;
      afterApostrophe = unit;
      at++;
    } else break;
  }
  if (afterApostrophe > 0 && unit - afterApostrophe <= LONGEST_CONTRACTION) tokens.contractions++;
  if (capitals > 1 && capitals === letters) tokens.shouted++;
  else if ((first & CAPITAL) !== 0) tokens.capitalised++;
  if ((first & DIGIT) !== 0) tokens.numbers++;
  if ((first & (IDEOGRAPH | UNSPACED)) !== 0) tokens.unspaced++;
  const opens = tokens.words === (tokens.sentenceEnds.at(-1) ?? 0);
  if ((first & CAPITAL) !== 0 && !opens) tokens.capitals[tokens.words] = 1;
  closeWord(tokens, from, unit);
  return at;
}

/** Whether a word that begins with `first` ends before `kind`, without a blank between them. */
function endsUnspaced(kind: number, first: number, letters: number): boolean {
  if (((kind | first) & IDEOGRAPH) !== 0) return true;
  return (kind & first & UNSPACED) !== 0 && (kind & LETTER) !== 0 && letters >= UNSPACED_LETTERS;
}

function closeWord(tokens: Tokens, from: number, end: number): void {
  const { units, hashes, starts } = tokens;
  let hash = EMPTY_HASH;
  for (let unit = from; unit < end; unit++) hash = hashUnit(hash, units[unit]!);
  hashes[tokens.words++] = hash;
  units[end] = BLANK_UNIT;
  starts[tokens.words] = end + 1;
}

function isApostrophe(codePoint: number): boolean {
  return codePoint === APOSTROPHE || codePoint === TYPOGRAPHIC_APOSTROPHE;
}

function letterAt(text: string, at: number, length: number): boolean {
  return at < length && (kindOf(codePointAt(text, at, length)) & LETTER) !== 0;
}
