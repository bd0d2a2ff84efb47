/** Where a text is cut best: after a paragraph, a line, a sentence, a word, else a whole character. */

/** A cut that fills less than this share of the room is not worth its better place. */
const LEAST_FILL = 0.3;
const SENTENCE_ENDS = ".!?…。！？";
const CLOSING_QUOTES = "\"')]»”";
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** In UTF-16 units; a family of emoji has eleven. */
const LONGEST_CHARACTER = 40;

/** The best place to cut `text` after `from`, at most `room` units on. */
export function bestCut(text: string, from: number, room: number): number {
  const window = text.slice(from, from + room + 1);
  const least = Math.max(1, room * LEAST_FILL);
  for (const find of [afterParagraph, afterLine, afterSentence, afterWord]) {
    const cut = find(window);
    if (cut >= least) return from + cut;
  }
  return wholeCharacters(text, from + room, from);
}

function afterParagraph(window: string): number {
  return window.lastIndexOf("\n\n");
}

function afterLine(window: string): number {
  return window.lastIndexOf("\n");
}

function afterWord(window: string): number {
  let at = window.length - 1;
  while (at > 0 && !isBlank(window[at])) at--;
  return at;
}

function afterSentence(window: string): number {
  for (let at = window.length - 1; at > 0; at--) {
    if (isBlank(window[at]) && endsSentence(window, at)) return at;
  }
  return 0;
}

function endsSentence(window: string, end: number): boolean {
  const last = window[end - 1]!;
  if (SENTENCE_ENDS.includes(last)) return true;
  return CLOSING_QUOTES.includes(last) && SENTENCE_ENDS.includes(window[end - 2] ?? " ");
}

function isBlank(sign: string | undefined): boolean {
  return sign !== undefined && /\s/.test(sign);
}

/** Moves a cut at `at` that would split a character, such as a letter and its accent, to before it. */
export function wholeCharacters(text: string, at: number, after: number): number {
  const from = Math.max(after, at - LONGEST_CHARACTER);
  let cut = at;
  for (const { index, segment } of CHARACTERS.segment(text.slice(from, at + LONGEST_CHARACTER))) {
    if (from + index < at && from + index + segment.length > at) cut = from + index;
  }
  if (cut <= after) cut = at;
  // A character longer than that is split, but never between the halves of a surrogate pair.
  const isPair = /[\udc00-\udfff]/.test(text[cut] ?? "") && /[\ud800-\udbff]/.test(text[cut - 1]!);
  return isPair && cut - 1 > after ? cut - 1 : cut;
}
