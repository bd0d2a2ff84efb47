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

/** What stands before a mark that begins an item of a list. */
const ITEM = /(?:^|\n)[ \t]{0,20}(?:[-*+•]|\d{1,4}[.)])[ \t]{1,3}$/;
/** As the subject of a sentence it is followed by a word like these. */
const VERB =
  /^[ ](?:is|are|was|means?|marks?|ends?|opens?|closes?|starts?|begins?|stands?|tags?|tokens?|and|or)\b/;
/** An example of thoughts in a sentence, and one on lines of its own. In UTF-16 units. */
const LONGEST_PAIR = 30;
const LONGEST_EXAMPLE = 80;

/** Whether the mark stands in quotation marks or within a sentence of `text`. */
export function isSpokenOf(text: string, { start, end }: Mark): boolean {
  const before = text[start - 1] ?? "\n";
  const after = text[end] ?? "\n";
  if (QUOTES.test(before) && QUOTES.test(after)) return true;
  if (before === "(" && after === ")") return true;
  if (isEmphasized(text, start, end)) return true;
  if (before !== " " && before !== "\t") return false;
  const line = text.slice(Math.max(0, start - 40), start);
  if (/\|[ ]$/.test(line) && /^[ ]\|/.test(text.slice(end, end + 2))) return true;
  if (!continuesSentence(text, end)) return false;
  return ITEM.test(line) || /[,.;:)!?]/.test(after) || !endsSentence(text, start);
}

/** Whether the words after `end` make what stands before them, a mark, the subject of a sentence. */
export function isSubject(text: string, end: number): boolean {
  return VERB.test(text.slice(end, end + 12));
}

/** Whether an answer that begins at `from` shows the two marks as an example: "put it in <a>…</a>". */
export function isShownPair(text: string, open: Mark, close: Mark, from: number): boolean {
  const length = close.start - open.end;
  if (length > LONGEST_EXAMPLE) return false;
  const before = text
    .slice(Math.max(from, open.start - 40), open.start)
    .replace(/[ \t]{1,20}$/, "");
  if (/:\s{0,4}$/.test(before)) return true;
  const isInLine = before !== "" && !before.endsWith("\n");
  const isOneLine = !text.slice(open.end, close.start).includes("\n");
  return isInLine && isOneLine && length <= LONGEST_PAIR && !/[.!?…。！？>*_\])]$/.test(before);
}

function isEmphasized(text: string, start: number, end: number): boolean {
  const sign = text.slice(Math.max(0, start - 2), start);
  return sign === "**" && text.startsWith(sign, end) && continuesSentence(text, end + 2);
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
