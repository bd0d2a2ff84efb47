/**
 * Which code may stay as it is written: what every reader of Markdown shows as code. Elsewhere a link
 * or small print would come to life.
 */
import { piecesOf } from "./canonical-code.js";
import { FENCE, readMarkdown, type Span } from "./markdown.js";

export interface Piece {
  readonly text: string;
  readonly isCode: boolean;
}

const LIST_SIGN = /^(?:[-*+]|\d{1,4}[.)]|#{1,3}|-#)\s/;
/** Marks that another reader may pair otherwise than we do. */
const STRAYS = /\\[\s\S]|\*\*|__|~~|\|\||[*_](?=\S)/g;

/** The whole of `text` in order; code that is not surely code counts as prose. */
export function trustedPieces(text: string): Piece[] {
  const marks = markPlaces(readMarkdown(text));
  const strays = new Set<string>();
  let openBracket = false;
  const pieces: Piece[] = [];
  for (const [start, end, isProse] of piecesOf(text)) {
    const piece = text.slice(start, end);
    if (isProse) {
      for (const { 0: sign, index } of piece.matchAll(STRAYS)) {
        if (sign[0] !== "\\" && !marks.has(start + index)) strays.add(sign);
      }
      openBracket = endsInBracket(piece, openBracket);
    }
    const isSafe = !openBracket && ![...strays].some((sign) => piece.includes(sign));
    pieces.push({ text: piece, isCode: !isProse && isSafe && staysInItem(text, start, end) });
  }
  return pieces;
}

function markPlaces(spans: readonly Span[]): Set<number> {
  const places = new Set<number>();
  for (const { kind, start, contentStart, contentEnd, end } of spans) {
    if (kind !== "mark") continue;
    for (let at = start; at < contentStart; at++) places.add(at);
    for (let at = contentEnd; at < end; at++) places.add(at);
  }
  return places;
}

/** Whether the face of a link may have begun. */
function endsInBracket(prose: string, before: boolean): boolean {
  const [open, close] = [prose.lastIndexOf("["), prose.lastIndexOf("]")];
  return open === -1 && close === -1 ? before : open > close;
}

/** A block in a list ends for Discord where its item does. */
function staysInItem(text: string, start: number, end: number): boolean {
  if (!text.startsWith(FENCE, start)) return true;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const head = text.slice(lineStart, Math.min(start, lineStart + 40)).replace(/^[\s>]{0,40}/, "");
  const indented = /^[ \t]/.test(text.slice(lineStart, start));
  if (!indented && !LIST_SIGN.test(head)) return true;
  return text
    .slice(start, end)
    .split("\n")
    .slice(1)
    .every((line) => line === "" || /^[ \t>]/.test(line));
}
