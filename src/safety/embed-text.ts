/** An answer next to another one: headings, which would look like the ballot's own, become bold. */
import { readMarkdown } from "./markdown.js";

/** Signs that may stand before a heading: of quotations and lists. */
const LEADING_SIGN = /(?:>{1,3}|[-*+]|\d{1,4}[.)])[ \t]/y;
const HEADING = /#{1,3}[ \t]/y;

/** `text` without headings, except inside of code blocks, where a number sign is none. */
export function embeddable(text: string): string {
  const blocks = readMarkdown(text).filter(({ kind }) => kind === "block");
  let shown = "";
  let block = 0;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    while (block < blocks.length && blocks[block]!.end <= start) block++;
    const inCode = block < blocks.length && blocks[block]!.start <= start;
    const line = text.slice(start, end);
    shown += inCode ? line : withoutHeading(line);
    if (found !== -1) shown += "\n";
    start = end + 1;
  }
  return shown;
}

function withoutHeading(line: string): string {
  let at = skipBlanks(line, 0);
  while (startsAt(LEADING_SIGN, line, at)) at = skipBlanks(line, LEADING_SIGN.lastIndex);
  if (!startsAt(HEADING, line, at)) return line;
  const title = trimEnd(line.slice(skipBlanks(line, at + signs(line, at))));
  return title === "" ? line : `${line.slice(0, at)}**${title.replaceAll("*", "")}**`;
}

function startsAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function signs(line: string, at: number): number {
  let end = at;
  while (line[end] === "#") end++;
  return end - at;
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (line[at] === " " || line[at] === "\t") at++;
  return at;
}

/** Without the blanks and number signs that may close a heading. */
function trimEnd(title: string): string {
  let end = title.length;
  while (end > 0 && " \t#".includes(title[end - 1]!)) end--;
  return title.slice(0, end);
}
