/**
 * What kind of character a code point is, in any script. Asked of Unicode once for each code point
 * and remembered, so that reading a text needs no regular expression. Knows no words.
 */

export const LETTER = 1;
export const CAPITAL = 2;
export const DIGIT = 4;
/** Accents, vowel signs, variation selectors: they continue a word and never start one. */
export const COMBINING = 8;
/** Of a script written without blanks, whose characters stand for words or syllables. */
export const IDEOGRAPH = 16;
export const EMOJI = 32;
export const BLANK = 64;
/** A letter of another script than Latin. */
export const NON_LATIN = 128;
/** Of an alphabet that parts sentences by blanks and not words. */
export const UNSPACED = 256;
const KNOWN = 512;

const KINDS: readonly (readonly [number, RegExp])[] = [
  [LETTER, /\p{L}/u],
  [CAPITAL, /\p{Lu}/u],
  [DIGIT, /\p{N}/u],
  [COMBINING, /\p{M}/u],
  [IDEOGRAPH, /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u],
  [EMOJI, /(?=\P{L})\p{Extended_Pictographic}/u],
  [BLANK, /\s/u],
  [UNSPACED, /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u],
  [NON_LATIN, /(?=\p{L})\P{Script=Latin}/u],
];

const kinds = new Uint16Array(0x110000);
const lowerCases = new Uint16Array(0x10000);

/** The kinds of `codePoint`, or-ed together. Half a surrogate pair is of no kind. */
export function kindOf(codePoint: number): number {
  const kind = kinds[codePoint]!;
  return kind === 0 ? learn(codePoint) : kind;
}

/** The lower case of a UTF-16 unit; the unit itself if that is longer, or it has none. */
export function lowerCaseOf(unit: number): number {
  if (kinds[unit] === 0) learn(unit);
  return lowerCases[unit]!;
}

/** The code point at `at`; half a surrogate pair if the other half is missing or at `length`. */
export function codePointAt(text: string, at: number, length: number): number {
  const unit = text.charCodeAt(at);
  return (unit & 0xfc00) === 0xd800 && at + 1 < length ? text.codePointAt(at)! : unit;
}

/** How many UTF-16 units `codePoint` takes. */
export function widthOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1;
}

function learn(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  let kind = KNOWN;
  for (const [flag, pattern] of KINDS) if (pattern.test(character)) kind |= flag;
  kinds[codePoint] = kind;
  if (codePoint < lowerCases.length) {
    const lower = character.toLowerCase();
    lowerCases[codePoint] = lower.length === 1 ? lower.charCodeAt(0) : codePoint;
  }
  return kind;
}
