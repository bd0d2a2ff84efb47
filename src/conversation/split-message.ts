/**
 * Long texts in pieces that Discord takes: cut at paragraphs, with what is formatted closed at the end
 * of a piece and opened again in the next.
 */

import { bestCut, wholeCharacters } from "../safety/cut-places.js";
import { closeCode, FENCE, quoteSignAt, readMarkdown, type Span } from "../safety/markdown.js";

/** Discord's limit on a message's content. */
export const MESSAGE_LIMIT = 2000;
/** For one answer; a reader has had enough long before. */
export const MAXIMUM_MESSAGES = 10;
const LEFT_OUT = "\n\n-# The answer goes on, but it is too long to show here.";
const ELLIPSIS = "…";
/** Room to close a block in a quotation and every mark around it. */
const RESERVE = 18;
/** What would become small print, a heading, a quotation or a list at the start of a message. */
const BLOCK_SIGN = /(?:-#|#{1,3}|>{1,3}|[-*+])(?=\s)/y;

interface Piece {
  readonly body: string;
  /** Closes what is open. */
  readonly closing: string;
  /** Where the next piece begins; the end of the text where none does. */
  readonly next: number;
  /** Whether it begins in the middle of a line. */
  readonly midLine: boolean;
}

/**
 * `text` in order in at most `most` pieces of at most `limit` characters, none of
 * them empty; the last one says so where more would follow. Code blocks, quotations, spoilers, bold
 * and the like go on from piece to piece. A text without anything to see has no pieces.
 */
export function splitMessage(
  text: string,
  limit = MESSAGE_LIMIT,
  most = MAXIMUM_MESSAGES,
): string[] {
  const whole = closeCode(text.trim());
  const spans = readMarkdown(whole);
  const pieces: string[] = [];
  let at = 0;
  let midLine = false;
  while (at < whole.length) {
    const isLast = pieces.length === most - 1;
    let piece = take(whole, spans, at, limit, midLine);
    if (isLast && piece.next < whole.length) {
      piece = take(whole, spans, at, limit - LEFT_OUT.length, midLine);
      pieces.push(piece.body + piece.closing + LEFT_OUT);
      break;
    }
    pieces.push(piece.body + piece.closing);
    ({ next: at, midLine } = piece);
  }
  return pieces;
}

/** `text` in at most `limit` characters, with an ellipsis where it is cut and what is open closed. */
export function truncateText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const whole = text.trim();
  if (whole.length <= limit) return whole;
  const { body, closing, next } = take(whole, readMarkdown(whole), 0, limit - 1, false);
  return next < whole.length ? `${body}${ELLIPSIS}${closing}` : body + closing;
}

function take(
  text: string,
  spans: readonly Span[],
  at: number,
  limit: number,
  midLine: boolean,
): Piece {
  const opened = spansAround(spans, at);
  const start = midLine && !isCode(opened) ? escapeAt(text, at) : "";
  const opening = openingOf(opened) + besideTick(opened, text[at]) + start;
  if (opening.length + text.length - at <= limit) {
    return { body: opening + text.slice(at), closing: "", next: text.length, midLine: false };
  }
  const room = Math.max(1, limit - opening.length - RESERVE);
  let cut = outsideOfSigns(text, spans, bestCut(text, at, room));
  if (cut <= at) cut = wholeCharacters(text, at + room, at);
  const around = spansAround(spans, cut);
  const taken = text.slice(at, cut);
  const body = opening + (isInBlock(around) ? taken : taken.trimEnd());
  const next = resume(text, spans, cut);
  const closing = besideTick(around, text[cut - 1]) + closingOf(around);
  return { body, closing, next, midLine: !text.slice(cut, next).includes("\n") };
}

function spansAround(spans: readonly Span[], at: number): Span[] {
  return spans.filter((span) => span.start < at && at < span.end);
}

function isCode(around: readonly Span[]): boolean {
  return around.some(({ kind }) => kind === "block" || kind === "code");
}

/** Beside a backtick of the code, the one that opens or closes it would make another mark. */
function besideTick(around: readonly Span[], sign: string | undefined): string {
  return sign === "`" && around.at(-1)?.kind === "code" ? " " : "";
}

function isInBlock(around: readonly Span[]): boolean {
  return around.at(-1)?.kind === "block";
}

/** A quotation's sign comes first: it counts at the start of a line alone. */
function openingOf(around: readonly Span[]): string {
  const quote = around.find(isQuote);
  const lineSign = quote?.kind === "quote" ? quote.mark : "";
  const marks = around.filter((span) => !isQuote(span));
  return (
    (quote?.mark ?? "") +
    marks.map(({ kind, mark }) => (kind === "block" ? mark + lineSign : mark)).join("")
  );
}

function closingOf(around: readonly Span[]): string {
  const lineSign = around.some(({ kind }) => kind === "quote") ? "> " : "";
  return around
    .filter((span) => !isQuote(span))
    .reverse()
    .map(({ kind, mark }) => (kind === "block" ? `\n${lineSign}${FENCE}` : mark))
    .join("");
}

function isQuote({ kind }: Span): boolean {
  return kind === "quote" || kind === "rest-quote";
}

function escapeAt(text: string, at: number): string {
  BLOCK_SIGN.lastIndex = at;
  return BLOCK_SIGN.test(text) ? "\\" : "";
}

/** Moves a cut out of a mark, and before a mark that it would leave empty. */
function outsideOfSigns(text: string, spans: readonly Span[], at: number): number {
  let cut = at;
  for (const { start, contentStart, contentEnd, end } of spans) {
    if (start < cut && cut <= contentStart) return start;
    if (contentEnd < cut && cut < end) cut = contentEnd;
  }
  const around = spansAround(spans, cut);
  const line = text.lastIndexOf("\n", cut - 1) + 1;
  if (around.some(({ kind }) => kind === "quote") && cut <= line + quoteSignAt(text, line)) {
    return Math.max(0, line - 1);
  }
  return !isCode(around) && text[cut - 1] === "\\" ? cut - 1 : cut;
}

/** Where the next piece begins: blanks at a cut are left out, of code only the end of the line. */
function resume(text: string, spans: readonly Span[], cut: number): number {
  let at = cut;
  for (;;) {
    const around = spansAround(spans, at);
    const inner = around.at(-1);
    let next = at;
    if (inner?.kind !== "block") next = skipBlanks(text, at);
    else if (at === cut && text[at] === "\n") next = at + 1;
    const isLineStart = next > 0 && text[next - 1] === "\n" && next > cut;
    if (isLineStart && around.some(({ kind }) => kind === "quote")) next += quoteSignAt(text, next);
    if (inner !== undefined && isOver(text, inner, next)) next = inner.end;
    if (next <= at) return at;
    at = next;
  }
}

function isOver(text: string, { kind, contentEnd, end }: Span, at: number): boolean {
  if (at >= contentEnd) return at < end;
  return kind === "block" && contentEnd - at < 10 && /^[\s>]*$/.test(text.slice(at, contentEnd));
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}
