/**
 * Whether an answer speaks of a mark or was written with it: "the `</think>` tag", "<|im_end|> ends a
 * turn". A mark in code, in quotation marks, or in the middle of a sentence is spoken of.
 */

/** A mark in a text. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

const QUOTES = /["'`“”‘’«»„]/;
const SENTENCE_ENDS = /[.!?。！？…:;)\]}>*_|\n]/;

/** Whether the mark stands in quotation marks or within a sentence of `text`. */
export function isSpokenOf(text: string, { start, end }: Mark): boolean {
  const before = text[start - 1] ?? "\n";
  const after = text[end] ?? "\n";
  if (QUOTES.test(before) && QUOTES.test(after)) return true;
  if (before === "(" && after === ")") return true;
  if (before !== " " && before !== "\t") return false;
  return continuesSentence(text, end) && !endsSentence(text, start);
}

/** Whether after `end` the same sentence goes on: with punctuation, or after a blank with a small letter. */
export function continuesSentence(text: string, end: number): boolean {
  const following = text.slice(end, end + 3);
  return /^[,.;:)!?]/.test(following) || /^[ \t][\p{Ll}\d|=–—&+/,.(<"'`“-]/u.test(following);
}

/** Whether a sentence or a line ends right before `start`, blanks aside. */
function endsSentence(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 20), start).replace(/[ \t]{1,20}$/, "");
  return before === "" ? start === 0 : SENTENCE_ENDS.test(before.at(-1)!);
}
