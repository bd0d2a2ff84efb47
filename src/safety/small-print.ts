/** Small print is for the bot's own notes: at the start of anybody else's line it is broken up. */

const SIGN = /-#(?=\s|$)/y;
const LIST_NUMBER = /\d{1,9}[.)]/y;
/** Blanks of every kind, what is not seen, and what may stand before small print: quotations, lists, marks. */
const LEADING = /[\s>*+\-_~|#\u2800]|\p{M}|\p{Default_Ignorable_Code_Point}/uy;

/** `prose` without small print; `continues` where it begins in the middle of a line. */
export function withoutSmallPrint(prose: string, continues: boolean): string {
  let shown = "";
  let start = 0;
  for (let line = 0; start <= prose.length; line++) {
    const found = prose.indexOf("\n", start);
    const end = found === -1 ? prose.length : found + 1;
    const own = prose.slice(start, end);
    shown += line === 0 && continues ? own : withoutSign(own);
    if (found === -1) break;
    start = end;
  }
  return shown;
}

function withoutSign(line: string): string {
  for (let at = 0; at < line.length; ) {
    SIGN.lastIndex = at;
    if (SIGN.test(line)) return `${line.slice(0, at)}\\${line.slice(at)}`;
    LIST_NUMBER.lastIndex = at;
    LEADING.lastIndex = at;
    if (LIST_NUMBER.test(line)) at = LIST_NUMBER.lastIndex;
    else if (LEADING.test(line)) at = LEADING.lastIndex;
    else return line;
  }
  return line;
}
