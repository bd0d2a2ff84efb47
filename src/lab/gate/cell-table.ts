/** The cells as a table for the terminal, and the gate's two rates over all of them. */
import Table from "cli-table3";
import type { Cell } from "./cells.js";

const HEAD = [
  "people",
  "joined",
  "votes each",
  "what happens",
  "gain",
  "adopted",
  "better adopted",
  "not better adopted",
];

export function cellTable(cells: readonly Cell[]): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [] } });
  for (const cell of cells) {
    table.push([
      cell.members,
      cell.joined,
      `${cell.votesBefore} → ${cell.votesAfter}`,
      cell.happening,
      `${cell.gain < 0 ? "" : "+"}${cell.gain.toFixed(4)}`,
      `${cell.adopted} / ${cell.seeds}`,
      `${cell.adoptedBetter} / ${cell.better}`,
      `${cell.adoptedWorse} / ${cell.worse}`,
    ]);
  }
  return table.toString();
}

/** From so many people on the gate is to find out what is better. */
const MANY = 40;

/** Both rates in two lines. */
export function ratesText(cells: readonly Cell[]): string {
  const sum = (some: readonly Cell[], pick: (cell: Cell) => number) =>
    some.reduce((total, cell) => total + pick(cell), 0);
  const many = cells.filter(({ members }) => members >= MANY);
  return [
    `Of what is better for new people by more than 0.01 nats a vote, with ${MANY} people or more: adopted ${share(
      sum(many, (cell) => cell.adoptedBetter),
      sum(many, (cell) => cell.better),
    )}.`,
    `Of what is not better for them: adopted ${share(
      sum(cells, (cell) => cell.adoptedWorse),
      sum(cells, (cell) => cell.worse),
    )}.`,
  ].join("\n");
}

function share(part: number, whole: number): string {
  if (whole === 0) return "0 of 0";
  return `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
}
