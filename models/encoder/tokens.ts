/** A text as words, sentences and marks, in one pass, in any language. Knows no style. */
import { BLANK, COMBINING, codePointAt, DIGIT, kindOf, LETTER, widthOf } from "./characters.js";
import { readMark } from "./read-mark.js";
import { readWord } from "./read-word.js";

/** Texts are read up to here, so that a hostile one costs no more than a long one. */
export const MAXIMUM_CHARACTERS = 20_000;

export interface Tokens {
  /** Number of UTF-16 units read. */
  readonly characters: number;
  /** Number of words: letters and digits, with apostrophes inside; each ideograph is one. */
  words: number;
  /** The words' hashes; only the first `words` count. */
  readonly hashes: Int32Array;
  /** The words in lower case with plain apostrophes, a blank after each. */
  readonly units: Uint16Array;
  /** Word w is units[starts[w] .. starts[w + 1] - 1). */
  readonly starts: Int32Array;
  /** How many words come before the end of each sentence. */
  readonly sentenceEnds: number[];
  /** How often each mark occurs, by its ASCII code; those of other scripts count as their like. */
  readonly marks: Uint16Array;
  /** The ASCII code of the last full stop, question or exclamation mark; 0 where there is none. */
  lastStop: number;
  emoji: number;
  /** Words in capitals alone, of two letters or more. */
  shouted: number;
  /** Other words that start with a capital. */
  capitalised: number;
  /** Words that start with a digit. */
  numbers: number;
  /** Words with one or two letters after their last apostrophe. */
  contractions: number;
  /** Letters of other scripts than Latin. */
  nonLatin: number;
}

/** Reads `text` up to {@link MAXIMUM_CHARACTERS}. */
export function tokenise(text: string): Tokens {
  const length = Math.min(text.length, MAXIMUM_CHARACTERS);
  const tokens = emptyTokens(length);
  for (let at = 0; at < length; ) {
    const codePoint = codePointAt(text, at, length);
    const kind = kindOf(codePoint);
    if ((kind & (LETTER | DIGIT)) !== 0) {
      at = readWord(text, at, tokens);
    } else {
      if ((kind & (BLANK | COMBINING)) === 0) readMark(text, at, codePoint, tokens);
      at += widthOf(codePoint);
    }
  }
  const { words, sentenceEnds } = tokens;
  if (words > (sentenceEnds.at(-1) ?? 0)) sentenceEnds.push(words);
  return tokens;
}

function emptyTokens(characters: number): Tokens {
  return {
    characters,
    words: 0,
    hashes: new Int32Array(characters),
    units: new Uint16Array(2 * characters),
    starts: new Int32Array(characters + 1),
    sentenceEnds: [],
    marks: new Uint16Array(128),
    lastStop: 0,
    emoji: 0,
    shouted: 0,
    capitalised: 0,
    numbers: 0,
    contractions: 0,
    nonLatin: 0,
  };
}
