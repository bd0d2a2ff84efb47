/** The ablation as a table, as JSON, and as a plot. No I/O. */
import { FONT } from "../../pictures/render.js";
import { svgText } from "../../pictures/svg.js";
import type { Ablation, Estimate } from "./ablation.js";

/** Of a 95 % interval, in standard errors. */
const INTERVAL = 1.96;
/** Of 100 prompts, after ten votes. */
const BAR = 67;
const CHOICES = ["generic", "pooled", "personal", "steered"] as const;
const NAMES: Readonly<Record<(typeof CHOICES)[number], string>> = {
  generic: "generic answer",
  pooled: "pooled reward",
  personal: "the member's own reward",
  steered: "steered, and own reward",
};

/** `{"winRate":{"generic":{"0":…},"pooled":{…},"personal":{…}},"standardError":{…}}`. */
export function ablationJson(ablation: Ablation): object {
  const pick = (name: keyof Estimate) =>
    Object.fromEntries(
      CHOICES.map((choice) => [
        choice,
        Object.fromEntries(
          Object.entries(ablation[choice]).map(([votes, one]) => [votes, one[name]]),
        ),
      ]),
    );
  return { winRate: pick("mean"), standardError: pick("standardError") };
}

export function ablationTable(ablation: Ablation, members: number): string {
  const rows = CHOICES.flatMap((choice) =>
    Object.entries(ablation[choice]).map(
      ([votes, one]) =>
        `${NAMES[choice].padEnd(26)}${votes.padStart(5)}   ${percent(one.mean)}   ${percent(one.mean - INTERVAL * one.standardError)} to ${percent(one.mean + INTERVAL * one.standardError)}`,
    ),
  );
  return [
    `Of 100 prompts that nobody voted on, how many have a better answer than a generic one (ties as half), over ${members} hidden tastes`,
    `(${ablation.learned ? "base rewards learned from other members" : "the starter's base rewards: none better were found"}):`,
    "",
    `${"choice".padEnd(26)}votes    better   95 % interval`,
    ...rows,
    "",
    barLine(ablation),
  ].join("\n");
}

function barLine({ personal, generic }: Ablation): string {
  const after = 100 * (personal[10]?.mean ?? 0);
  const start = 100 * ((personal[0]?.mean ?? 0) - (generic[0]?.mean ?? 0));
  return `The bar, ${BAR} after ten votes: ${after >= BAR ? "reached" : "missed"} with ${after.toFixed(1)}. At zero votes the own choice is ${start >= 0 ? "no worse" : "worse"} than the generic one (${start.toFixed(1)}).`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1).padStart(5);
}

const WIDTH = 760;
const HEIGHT = 440;
const LEFT = 80;
const RIGHT = 30;
const TOP = 60;
const BOTTOM = 70;
const MOST_VOTES = 20;
const LOWEST = 0.4;
/** By the width of the names. */
const LEGEND_AT = [0, 135, 265, 465];
const INK = "#1f2430";
const FAINT = "#8a92a3";
const LINES: Readonly<Record<(typeof CHOICES)[number], string>> = {
  generic: "#6b7280",
  pooled: "#b45f06",
  personal: "#0b6fb8",
  steered: "#2e7d32",
};

/** Win rate by votes with 95 % intervals, as SVG on white. */
export function ablationPlot(ablation: Ablation): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="${FONT}, sans-serif">`,
    "<title>Prompts with a better answer than a generic one, by votes of the member</title>",
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    svgText(24, 34, "Prompts with a better answer than a generic one", {
      size: 20,
      bold: true,
      colour: INK,
    }),
    ...[0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map(gridLine),
    ...[0, 5, 10, 15, 20].map((votes) =>
      svgText(x(votes), HEIGHT - BOTTOM + 24, String(votes), {
        size: 15,
        anchor: "middle",
        colour: FAINT,
      }),
    ),
    svgText(x(10), HEIGHT - 18, "votes of the member", { size: 16, anchor: "middle", colour: INK }),
    ...CHOICES.map((choice, at) => series(ablation, choice, at)),
    "</svg>",
  ].join("\n");
}

function series(ablation: Ablation, choice: (typeof CHOICES)[number], at: number): string {
  const colour = LINES[choice];
  const known = Object.entries(ablation[choice]).map(
    ([votes, one]) => [Number(votes), one] as const,
  );
  // What does not depend on the member's votes is a level line.
  const points = known.length > 1 ? known : [known[0]!, [MOST_VOTES, known[0]![1]] as const];
  const path = points.map(([votes, { mean }]) => `${x(votes)},${y(mean)}`).join(" ");
  const legendX = LEFT + 12 + LEGEND_AT[at]!;
  return [
    `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="3"${known.length > 1 ? "" : ' stroke-dasharray="8 6"'}/>`,
    ...known.map(([votes, { mean, standardError }]) => {
      const [low, high] = [y(mean - INTERVAL * standardError), y(mean + INTERVAL * standardError)];
      return `<line x1="${x(votes)}" y1="${low}" x2="${x(votes)}" y2="${high}" stroke="${colour}" stroke-width="2"/><circle cx="${x(votes)}" cy="${y(mean)}" r="5" fill="${colour}"/>`;
    }),
    `<circle cx="${legendX}" cy="${TOP - 8}" r="5" fill="${colour}"/>`,
    svgText(legendX + 12, TOP - 3, NAMES[choice], { size: 15, colour: INK }),
  ].join("\n");
}

function x(votes: number): number {
  return LEFT + ((WIDTH - LEFT - RIGHT) * votes) / MOST_VOTES;
}

function y(share: number): number {
  return HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (share - LOWEST)) / (1 - LOWEST);
}

function gridLine(share: number): string {
  const line = `<line x1="${LEFT}" y1="${y(share)}" x2="${WIDTH - RIGHT}" y2="${y(share)}" stroke="#e3e6ec" stroke-width="1"/>`;
  const style = { size: 15, anchor: "end", colour: FAINT } as const;
  return line + svgText(LEFT - 12, y(share) + 5, `${Math.round(100 * share)} %`, style);
}
