/** Tables of the documentation, read back so that tests can hold them against the program. */
import { readFileSync } from "node:fs";

/** The cells of every row whose first cell is code, with the backticks of that cell taken off. */
export function codeRows(file: string): string[][] {
  const rows: string[][] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const match = /^\| `([^`]+)` \|(.*)\|$/.exec(line);
    if (match) rows.push([match[1]!, ...match[2]!.split(" | ").map((cell) => cell.trim())]);
  }
  return rows;
}
