/** Two answers side by side in a terminal, or one below the other if it is narrow. */
import Table from "cli-table3";

/** Side by side from this width on: narrower columns are hard to read. */
const LEAST_WIDTH = 60;
const NARROWEST = 16;
const BORDERS_OF_ONE = 2;
const BORDERS_OF_TWO = 3;

/** A table of A and B, at most `columns` characters wide. */
export function sideBySide(a: string, b: string, columns: number): string {
  if (columns < LEAST_WIDTH) return below(a, b, Math.max(NARROWEST, columns - BORDERS_OF_ONE));
  const width = Math.floor((columns - BORDERS_OF_TWO) / 2);
  const table = new Table({ head: ["A", "B"], colWidths: [width, width], wordWrap: true });
  table.push([a, b]);
  return table.toString();
}

function below(a: string, b: string, width: number): string {
  const table = new Table({ colWidths: [width], wordWrap: true });
  table.push(["A"], [a], ["B"], [b]);
  return table.toString();
}
