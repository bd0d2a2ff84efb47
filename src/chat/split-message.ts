/** Long texts in pieces that Discord takes: cut at paragraphs, code blocks closed and opened again. */

/** Discord's limit on a message's content. */
const MESSAGE_LIMIT = 2000;

const FENCE = /^\s*(```+|~~~+)\s*([\w+#.-]*)/;
/** Where to cut, best first: after a paragraph, a line, a sentence, a word. */
const CUTS = [/\n\s*\n/g, /\n/g, /[.!?…。！？]["')\]»”]*\s+/g, /\s+/g];
/** A cut that leaves a piece emptier than this share of the limit is not worth its better place. */
const LEAST_FILL = 0.3;
const ELLIPSIS = "…";
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** In UTF-16 units; a family of emoji has eleven. */
const LONGEST_CHARACTER = 40;

interface OpenFence {
  readonly marker: string;
  readonly language: string;
}

/**
 * `text` in order in pieces of at most `limit` characters, none of them empty. A code block that is
 * cut is closed at the end of a piece and opened again, in its language, in the next. A text
 * without anything to see has no pieces.
 */
export function splitMessage(text: string, limit = MESSAGE_LIMIT): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  let open: OpenFence | undefined;
  while (rest !== "") {
    const opening = open === undefined ? "" : `${open.marker}${open.language}\n`;
    const [taken, fence] = take(rest, limit - opening.length, open);
    const closing = fence === undefined || taken.length === rest.length ? "" : `\n${fence.marker}`;
    pieces.push(opening + trimEnd(taken, fence) + closing);
    rest = taken.length === rest.length ? "" : trimStart(rest.slice(taken.length), fence);
    open = fence;
  }
  return pieces;
}

/** `text` in at most `limit` characters, with an ellipsis where it is cut and its code block closed. */
export function truncateText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const [taken, fence] = take(text, limit - ELLIPSIS.length - 1, undefined);
  const closing = fence === undefined ? "" : `\n${fence.marker}`;
  return `${taken.trimEnd()}${ELLIPSIS}${closing}`.slice(0, limit);
}

/** The beginning of `text` that fits, with room to close the code block that it leaves open. */
function take(
  text: string,
  limit: number,
  open: OpenFence | undefined,
): [taken: string, open: OpenFence | undefined] {
  if (text.length <= limit) return [text, fenceAfter(text, open)];
  let room = limit;
  for (;;) {
    const taken = text.slice(0, cutBefore(text, room));
    const fence = fenceAfter(taken, open);
    const closing = fence === undefined ? 0 : fence.marker.length + 1;
    if (taken.length + closing <= limit) return [taken, fence];
    room = limit - closing;
  }
}

/** The best place to cut `text` at or before `limit`. */
function cutBefore(text: string, limit: number): number {
  const window = text.slice(0, limit);
  for (const pattern of CUTS) {
    let best = 0;
    for (const match of window.matchAll(pattern)) best = match.index + match[0].length;
    if (best >= limit * LEAST_FILL) return best;
  }
  return Math.max(1, withoutHalfCharacter(text, limit));
}

/** Moves a cut that would part a character, as a letter from its accent, to before it. */
function withoutHalfCharacter(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_CHARACTER);
  let cut = at;
  for (const { index, segment } of CHARACTERS.segment(text.slice(from, at + LONGEST_CHARACTER))) {
    if (from + index < at && from + index + segment.length > at) cut = from + index;
  }
  return cut > 0 ? cut : at;
}

/** The code block that is open after `text`, where `open` was open before it. */
function fenceAfter(text: string, open: OpenFence | undefined): OpenFence | undefined {
  let current = open;
  for (const line of text.split("\n")) {
    const match = FENCE.exec(line);
    if (match === null) continue;
    const [, marker = "", language = ""] = match;
    if (current === undefined)
      current = opensBlock(line, marker) ? { marker, language } : undefined;
    else if (marker.startsWith(current.marker)) current = undefined;
  }
  return current;
}

/** ```one line``` opens and closes at once. */
function opensBlock(line: string, marker: string): boolean {
  return !line.trim().slice(marker.length).includes(marker);
}

/** Inside of code the indentation counts; elsewhere the blank at a cut does not. */
function trimStart(text: string, fence: OpenFence | undefined): string {
  return fence === undefined ? text.trimStart() : text.replace(/^\n+/, "");
}

function trimEnd(text: string, fence: OpenFence | undefined): string {
  return fence === undefined ? text.trimEnd() : text.replace(/\n+$/, "");
}
