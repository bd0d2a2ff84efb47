/** A text as words, sentences and marks, in one pass, in any language. Knows no style. */
import { BLANK, COMBINING, codePointAt, DIGIT, kindOf, LETTER, widthOf } from "./characters.js";
import { readMark } from "./read-mark.js";
import { readWord } from "./read-word.js";
import { emptyTokens, MAXIMUM_CHARACTERS, type Tokens } from "./tokens.js";

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
