/** What is counted of a text: its words, sentences and marks. Reads no text itself. */

/** Texts are read up to here, so that a hostile one costs no more than a long one. */
export const MAXIMUM_CHARACTERS = 20_000;

export interface Tokens {
  /** Number of UTF-16 units read. */
  readonly characters: number;
  /**
   * Number of words: letters and digits, with apostrophes inside; each ideograph is one, and so are
   * four letters of a script like Thai.
   */
  words: number;
  /** The words' hashes; only the first `words` count. */
  readonly hashes: Int32Array;
  /** The words in lower case with plain apostrophes, a blank after each. */
  readonly units: Uint16Array;
  /** Word w is units[starts[w] .. starts[w + 1] - 1). */
  readonly starts: Int32Array;
  /** 1 for each word that starts with a capital inside a sentence. */
  readonly capitals: Uint8Array;
  /** How many words come before each backtick. */
  readonly backticks: number[];
  /** How many words come before the end of each sentence. */
  readonly sentenceEnds: number[];
  /** How often each mark occurs, by its ASCII code; those of other scripts count as their like. */
  readonly marks: Uint16Array;
  /** The ASCII code of the last full stop, question or exclamation mark; 0 if there is none. */
  lastStop: number;
  /** Marks that open a question or an exclamation. */
  inverted: number;
  emoji: number;
  /** Emoji that laugh, wink or put out their tongue. */
  laughing: number;
  /** Words in capitals alone, of two letters or more. */
  shouted: number;
  /** Other words that start with a capital. */
  capitalised: number;
  /** Words that start with a digit. */
  numbers: number;
  /** Words with one or two letters after their last apostrophe. */
  contractions: number;
  /** Words of scripts that are written without blanks. */
  unspaced: number;
  /** Letters of other scripts than Latin. */
  nonLatin: number;
}

/** For a text of so many UTF-16 units of which nothing is read yet. */
export function emptyTokens(characters: number): Tokens {
  return {
    characters,
    words: 0,
    hashes: new Int32Array(characters),
    units: new Uint16Array(2 * characters),
    starts: new Int32Array(characters + 1),
    capitals: new Uint8Array(characters),
    backticks: [],
    sentenceEnds: [],
    marks: new Uint16Array(128),
    lastStop: 0,
    inverted: 0,
    emoji: 0,
    laughing: 0,
    shouted: 0,
    capitalised: 0,
    numbers: 0,
    contractions: 0,
    unspaced: 0,
    nonLatin: 0,
  };
}
