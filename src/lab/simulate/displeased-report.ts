/** What "Another answer" is worth, as a table. No I/O. */
import { type Displeased, PRESSES, READINGS, type Reason } from "./displeased.js";

const WHY: Readonly<Record<Reason, string>> = {
  manner: "how answers are said displeases them",
  content: "what answers say displeases them, whatever the manner",
};

export function displeasedTable(all: readonly Displeased[], members: number): string {
  return [
    `"Another answer": by how much, in logits, what is sent is worse than the best candidate, after so many such votes and twelve ballots, over ${members} members`,
    "(standard errors in brackets; without the button it stays as it is at 0):",
    ...all.flatMap((one) => ["", ...linesOf(one)]),
  ].join("\n");
}

function linesOf({ answersToPress, learned, reason, regret }: Displeased): string[] {
  const { positionBias, scale } = learned;
  const head = `${WHY[reason]}: one press in ${answersToPress.toFixed(1)} answers; learned b ${positionBias.toFixed(2)}, s ${scale.toFixed(2)}`;
  return [
    head,
    `${"votes read".padEnd(14)}${PRESSES.map((presses) => String(presses).padStart(15)).join("")}`,
    ...READINGS.map((reading) => {
      const cells = PRESSES.map((presses) => {
        const { mean, standardError } = regret[reading][presses]!;
        return `${mean.toFixed(3)} (${standardError.toFixed(3)})`.padStart(15);
      });
      return `${reading.padEnd(14)}${cells.join("")}`;
    }),
  ];
}
