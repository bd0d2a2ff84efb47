/** Two answers beside each other in a terminal. */
import Table from "cli-table3";

const MINIMUM_WIDTH = 40;
const BORDERS = 7;

/** A table with the columns A and B, `columns` characters wide. */
export function sideBySide(a: string, b: string, columns: number): string {
  const width = Math.floor((Math.max(columns, MINIMUM_WIDTH) - BORDERS) / 2) + 2;
  const table = new Table({ head: ["A", "B"], colWidths: [width, width], wordWrap: true });
  table.push([a, b]);
  return table.toString();
}
