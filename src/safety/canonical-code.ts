/**
 * Code in the one form in which every reader of Markdown takes it for the same code: fences of three
 * backticks, none inside of another, all closed, and every other backtick escaped.
 */
import { closeCode, FENCE, readMarkdown } from "./markdown.js";

interface LineFence {
  readonly sign: "`" | "~";
  readonly length: number;
  /** What comes before it: spaces, and the signs of a quotation. */
  readonly before: string;
  readonly after: string;
}

/** `text` with its code in that form. The words and the code themselves stay the same. */
export function canonicalCode(text: string): string {
  return escapeStrays(closeSpoiler(closeCode(plainFences(text))));
}

/**
 * Discord knows fences of three backticks alone. A longer one, or one of tildes, becomes such a fence;
 * what fences it holds become tildes, which a reader of Markdown still takes for fences.
 */
function plainFences(text: string): string {
  if (!text.includes("````") && !text.includes("~~~")) return text;
  let open: LineFence | undefined;
  const lines = text.split("\n").map((line) => {
    const fence = lineFenceOf(line);
    if (open === undefined) {
      if (fence === undefined || fence.after.includes(fence.sign)) return line;
      open = fence;
      return fence.before + FENCE + fence.after;
    }
    const closes =
      fence?.sign === open.sign && fence.length >= open.length && fence.after.trim() === "";
    if (closes) {
      open = undefined;
      return fence.before + FENCE + fence.after;
    }
    if (open.sign === "`" && open.length === FENCE.length) return line;
    if (fence !== undefined) return `${fence.before}~~~${fence.after.replaceAll(FENCE, "``")}`;
    return withoutLongRuns(line);
  });
  return lines.join("\n");
}

function lineFenceOf(line: string): LineFence | undefined {
  let at = 0;
  while (" \t>".includes(line[at] ?? "x")) at++;
  const sign = line[at];
  if (sign !== "`" && sign !== "~") return undefined;
  let end = at;
  while (line[end] === sign) end++;
  if (end - at < FENCE.length) return undefined;
  return { sign, length: end - at, before: line.slice(0, at), after: line.slice(end) };
}

function withoutLongRuns(line: string): string {
  let shown = line;
  while (shown.includes(FENCE)) shown = shown.replaceAll(FENCE, "``");
  return shown;
}

/** A spoiler whose end was cut off would be shown to everybody. */
function closeSpoiler(text: string): string {
  let last = -1;
  for (const [start, end, isProse] of piecesOf(text)) {
    const found = isProse ? text.slice(start, end).lastIndexOf("||") : -1;
    if (found !== -1) last = start + found;
  }
  if (last === -1 || text[last - 1] === "\\" || /[\s|]/.test(text[last + 2] ?? " ")) return text;
  const paired = readMarkdown(text).some(
    ({ mark, start, end }) => mark === "||" && start <= last && last < end,
  );
  return paired ? text : `${text}||`;
}

/** The text in pieces, from the front: code, and prose between. */
export function* piecesOf(text: string): Generator<[start: number, end: number, isProse: boolean]> {
  let at = 0;
  for (const { kind, start, end } of readMarkdown(text)) {
    if (kind !== "block" && kind !== "code") continue;
    if (start > at) yield [at, start, true];
    yield [start, end, false];
    at = end;
  }
  if (at < text.length) yield [at, text.length, true];
}

/** A backtick that belongs to no code might pair with one that does, for another reader. */
function escapeStrays(text: string): string {
  let shown = "";
  for (const [start, end, isProse] of piecesOf(text)) {
    const piece = text.slice(start, end);
    shown += isProse
      ? piece.replace(/\\[\s\S]|`/g, (sign) => (sign === "`" ? "\\`" : sign))
      : piece;
  }
  return shown;
}
