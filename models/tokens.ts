/** A text as words and marks, in one pass, in any language. Knows no style. */

/** Texts are read up to here, so that a hostile one costs no more than a long one. */
export const MAXIMUM_CHARACTERS = 20_000;

export interface Tokens {
  /** In order, lower case, without marks; typographic apostrophes made plain. */
  readonly words: readonly string[];
  /** How many words were written in capitals alone (two letters or more). */
  readonly shouted: number;
  /** Number of characters read. */
  readonly characters: number;
  /** How often each of the other characters occurs. */
  readonly marks: ReadonlyMap<string, number>;
}

const TOKEN = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;
const CAPITALS = /^\p{Lu}{2,}$/u;

/** Reads `text` up to {@link MAXIMUM_CHARACTERS}. */
export function tokenise(text: string): Tokens {
  const read = text.length > MAXIMUM_CHARACTERS ? text.slice(0, MAXIMUM_CHARACTERS) : text;
  const words: string[] = [];
  const marks = new Map<string, number>();
  let shouted = 0;
  for (const token of read.match(TOKEN) ?? []) {
    if (isMark(token)) {
      marks.set(token, (marks.get(token) ?? 0) + 1);
      continue;
    }
    if (CAPITALS.test(token)) shouted++;
    words.push(token.toLowerCase().replace("’", "'"));
  }
  return { words, shouted, characters: read.length, marks };
}

const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{N}]/u;

function isMark(token: string): boolean {
  const code = token.codePointAt(0)!;
  if (code < 128) return !((code >= 48 && code < 58) || ((code | 32) >= 97 && (code | 32) < 123));
  return token.length <= 2 && !LETTER_OR_DIGIT.test(token);
}
