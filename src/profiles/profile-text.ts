/** A profile in words and in bars of text. No Discord: the terminal shows the same. */
import type { AxisLeaning } from "../../models/axis-leanings.js";
import type { ProfileView } from "./profiles.js";

/** How sure the sign of a leaning must be for each of the words, surest first. */
const SURENESS: readonly (readonly [certainty: number, words: string])[] = [
  [0.95, "almost certain"],
  [0.85, "fairly sure"],
  [0.7, "a first impression"],
];

const BAR_HALF = 12;

/** Which way the member leans on each axis, how sure that is, and after how many votes. */
export function profileText({ votes, leanings }: ProfileView): string {
  if (votes === 0) {
    return "I know nothing about your taste yet: no votes so far. Ask me something, and tap the answer you like better.";
  }
  const surest = [...leanings].sort((first, second) => second.certainty - first.certainty);
  const known = surest.filter(({ certainty }) => surenessOf(certainty) !== undefined);
  const open = surest.filter(({ certainty }) => surenessOf(certainty) === undefined);
  const lines = [
    `What I have learned about your taste from ${votes} vote${votes === 1 ? "" : "s"}:`,
  ];
  for (const leaning of known) {
    lines.push(`• **${preferredEnd(leaning)}** (${surenessOf(leaning.certainty)})`);
  }
  if (open.length > 0) {
    lines.push(`Still open: ${open.map(({ axis }) => `${axis.low} or ${axis.high}`).join("; ")}.`);
  }
  return lines.join("\n");
}

/** One line for each axis: where the member stands between its two ends, `═` as far as it is unsure. */
export function axisBars({ votes, leanings }: ProfileView): string {
  const reach = Math.max(
    1,
    ...leanings.map(({ weight, standardDeviation }) => Math.abs(weight) + standardDeviation),
  );
  const width = Math.max(...leanings.map(({ axis }) => axis.low.length));
  const rows = leanings.map((leaning) => {
    const end = leaning.axis.low.padStart(width);
    return `  ${end} ${bar(leaning, reach)} ${leaning.axis.high}`;
  });
  return [`The profile after ${votes} vote${votes === 1 ? "" : "s"}:`, ...rows].join("\n");
}

/**
 * How much narrower the weights are known than before the first vote, 0 to 100: one minus the mean
 * ratio of the standard deviations of the posterior and of the prior.
 */
export function certaintyOf({ leanings }: ProfileView): number {
  const ratios = leanings.map(
    ({ standardDeviation, priorDeviation }) => standardDeviation / priorDeviation,
  );
  return Math.round(100 * (1 - ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length));
}

function preferredEnd({ axis, weight }: AxisLeaning): string {
  return weight > 0 ? axis.high : axis.low;
}

function surenessOf(certainty: number): string | undefined {
  return SURENESS.find(([least]) => certainty >= least)?.[1];
}

function bar({ weight, standardDeviation }: AxisLeaning, reach: number): string {
  const cells: string[] = Array.from({ length: 2 * BAR_HALF + 1 }, (_, cell) => {
    const at = ((cell - BAR_HALF) / BAR_HALF) * reach;
    return Math.abs(at - weight) <= standardDeviation ? "═" : "─";
  });
  cells[BAR_HALF] = cells[BAR_HALF] === "═" ? "╪" : "┼";
  const position = Math.round((weight / reach) * BAR_HALF) + BAR_HALF;
  cells[Math.min(2 * BAR_HALF, Math.max(0, position))] = "●";
  return cells.join("");
}
