/** Two answers side by side in a terminal, or one below the other if it is narrow. */
import Table from "cli-table3";

/** Side by side from this width on: narrower columns are hard to read. */
const LEAST_WIDTH = 60;
const NARROWEST = 16;
const BORDERS_OF_ONE = 2;
const BORDERS_OF_TWO = 3;
const HEADS: readonly string[] = ["A", "B"];

type Two = readonly [a: string, b: string];

/**
 * A table of A and B, at most `columns` characters wide; below the letter of each stands what was
 * `asked` for, where that is known.
 */
export function sideBySide(texts: Two, columns: number, asked?: Two): string {
  const heads = asked === undefined ? HEADS : HEADS.map((head, at) => `${head}: ${asked[at]}`);
  if (columns < LEAST_WIDTH) {
    return below(heads, texts, Math.max(NARROWEST, columns - BORDERS_OF_ONE));
  }
  const width = Math.floor((columns - BORDERS_OF_TWO) / 2);
  const table = new Table({ head: [...heads], colWidths: [width, width], wordWrap: true });
  table.push([...texts]);
  return table.toString();
}

function below([headA = "", headB = ""]: readonly string[], [a, b]: Two, width: number): string {
  const table = new Table({ colWidths: [width], wordWrap: true });
  table.push([headA], [a], [headB], [b]);
  return table.toString();
}
