/** How a text is laid out: lines, lists, headings, code, emphasis. Knows Markdown, no words. */

export interface Layout {
  lines: number;
  /** Runs of line breaks. */
  breaks: number;
  blankLines: number;
  bullets: number;
  numberedItems: number;
  headings: number;
  tableRows: number;
  codeFences: number;
  codeSpans: number;
  boldMarks: number;
  links: number;
  ellipses: number;
  /** Faces made of marks. */
  smileys: number;
}

const NEWLINE = 10;
const SMILEYS = [":)", ":-)", ";)", ";-)", ":D", ":-D", ":P", ":p", "^^"];

/** Reads the layout of the first `length` UTF-16 units of `text`. */
export function readLayout(text: string, length: number): Layout {
  const read = text.length > length ? text.slice(0, length) : text;
  const codeFences = occurrences(read, "```");
  const layout: Layout = {
    lines: 0,
    breaks: 0,
    blankLines: 0,
    bullets: 0,
    numberedItems: 0,
    headings: 0,
    tableRows: 0,
    codeFences,
    codeSpans: Math.max(0, occurrences(read, "`") - 3 * codeFences) / 2,
    boldMarks: occurrences(read, "**") + occurrences(read, "__"),
    links: occurrences(read, "http://") + occurrences(read, "https://"),
    ellipses: occurrences(read, "...") + occurrences(read, "…"),
    smileys: SMILEYS.reduce((sum, one) => sum + occurrences(read, one), 0),
  };
  for (let start = 0; start < length; ) {
    const found = read.indexOf("\n", start);
    const end = found === -1 ? length : found;
    readLine(read, start, end, layout);
    if (found !== -1 && read.charCodeAt(found + 1) !== NEWLINE) layout.breaks++;
    start = end + 1;
  }
  return layout;
}

function readLine(text: string, start: number, end: number, layout: Layout): void {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  layout.lines++;
  if (at === end) layout.blankLines++;
  const mark = text[at];
  if (mark === "-" || mark === "*" || mark === "•") {
    if (isSpace(text.charCodeAt(at + 1))) layout.bullets++;
  } else if (mark === "|") {
    layout.tableRows++;
  } else if (mark === "#") {
    while (text[at] === "#") at++;
    if (isSpace(text.charCodeAt(at))) layout.headings++;
  } else {
    const digits = at;
    while (isDigit(text.charCodeAt(at))) at++;
    const closes = text[at] === "." || text[at] === ")";
    if (at > digits && closes && isSpace(text.charCodeAt(at + 1))) layout.numberedItems++;
  }
}

/** How often `wanted` occurs in `text`, without overlaps. */
function occurrences(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    count++;
  }
  return count;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

function isDigit(code: number): boolean {
  return code >= 48 && code < 58;
}
