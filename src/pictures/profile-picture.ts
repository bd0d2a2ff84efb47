/**
 * A profile as a picture: each axis a bar between its two named ends, the confidence interval as a
 * whisker, the server's average as a mark. Knows no Discord and no store.
 */
import type { AxisLeaning } from "../../models/rewards/axis-leanings.js";
import { axisEnd } from "../language/axis-words.js";
import type { Say } from "../language/say.js";
import type { ProfileView } from "../members/profiles.js";
import { COLOURS, fitLines, svgCard, svgText } from "./svg.js";

const WIDTH = 1000;
const HEAD = 96;
const ROW = 62;
const FOOT = 66;
const LABEL = 236;
const MARGIN = 28;
const LABEL_SIZE = 22;
const LEGEND_SIZE = 18;
const LEGEND_LINE = 24;
const CENTRE = WIDTH / 2;
/** From the middle to either end of a bar. */
const HALF = CENTRE - LABEL - MARGIN - 20;
/** Half the width of a 90 % interval, in standard deviations. */
const INTERVAL = 1.645;
/** The weight at either end of a bar, unless a whisker reaches farther. */
const SMALLEST_REACH = 2.2;
/** The end of an axis is emphasised from this certainty on. */
const CERTAIN = 0.7;

/** The picture as SVG, 1,000 pixels wide. */
export function profilePicture(view: ProfileView, say: Say): string {
  const { leanings, votes } = view;
  const reach = reachOf(leanings);
  const height = HEAD + ROW * leanings.length + FOOT;
  return svgCard(WIDTH, height, [
    svgText(MARGIN, 46, say("pictures.title"), { size: 30, bold: true }),
    svgText(MARGIN, 78, subtitle(votes, say), { size: 20, colour: COLOURS.faint }),
    ...leanings.map((leaning, row) =>
      axisRow(leaning, HEAD + ROW * (row + 0.5), reach, view.average?.[row], say),
    ),
    legend(height - 26, view.average !== undefined, say),
  ]);
}

function subtitle(votes: number, say: Say): string {
  return votes === 0 ? say("pictures.nothingKnown") : say("pictures.votes", { votes });
}

function reachOf(leanings: readonly AxisLeaning[]): number {
  const ends = leanings.map(
    ({ weight, standardDeviation }) => Math.abs(weight) + INTERVAL * standardDeviation,
  );
  return Math.max(SMALLEST_REACH, ...ends);
}

function axisRow(
  { axis, weight, standardDeviation, certainty }: AxisLeaning,
  y: number,
  reach: number,
  average: number | undefined,
  say: Say,
): string {
  const at = (value: number) => CENTRE + HALF * Math.max(-1, Math.min(1, value / reach));
  const own = at(weight);
  const [low, high] = [
    at(weight - INTERVAL * standardDeviation),
    at(weight + INTERVAL * standardDeviation),
  ];
  return [
    label(axisEnd(axis, "low", say), MARGIN + LABEL, y, "end", certainty >= CERTAIN && weight < 0),
    label(
      axisEnd(axis, "high", say),
      WIDTH - MARGIN - LABEL,
      y,
      "start",
      certainty >= CERTAIN && weight > 0,
    ),
    `<rect x="${CENTRE - HALF}" y="${y - 9}" width="${2 * HALF}" height="18" rx="9" fill="${COLOURS.track}"/>`,
    `<rect x="${Math.min(CENTRE, own)}" y="${y - 9}" width="${Math.abs(own - CENTRE)}" height="18" fill="${COLOURS.own}"/>`,
    `<line x1="${CENTRE}" y1="${y - 16}" x2="${CENTRE}" y2="${y + 16}" stroke="${COLOURS.faint}" stroke-width="2"/>`,
    whisker(low, high, y),
    `<circle cx="${own}" cy="${y}" r="9" fill="${COLOURS.own}" stroke="${COLOURS.card}" stroke-width="3"/>`,
    average === undefined ? "" : diamond(at(average), y - 19),
  ].join("\n");
}

function whisker(low: number, high: number, y: number): string {
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${COLOURS.whisker}" stroke-width="3"/>`;
  return line(low, y, high, y) + line(low, y - 7, low, y + 7) + line(high, y - 7, high, y + 7);
}

function diamond(x: number, y: number): string {
  return `<path d="M${x} ${y - 8} l8 8 l-8 8 l-8 -8 z" fill="${COLOURS.average}" stroke="${COLOURS.card}" stroke-width="1.5"/>`;
}

function label(
  text: string,
  x: number,
  y: number,
  anchor: "start" | "end",
  preferred: boolean,
): string {
  const lines = fitLines(text, LABEL, { size: LABEL_SIZE, bold: preferred }, 2);
  const colour = preferred ? COLOURS.text : COLOURS.faint;
  const first = y + 8 - (lines.length - 1) * 13;
  return lines
    .map((line, at) =>
      svgText(x, first + at * 26, line, { size: LABEL_SIZE, anchor, colour, bold: preferred }),
    )
    .join("\n");
}

function legend(y: number, hasAverage: boolean, say: Say): string {
  const style = { size: LEGEND_SIZE, colour: COLOURS.faint };
  const parts = [
    `<circle cx="${MARGIN + 9}" cy="${y - 6}" r="8" fill="${COLOURS.own}"/>`,
    svgText(MARGIN + 26, y, say("pictures.you"), style),
    whisker(MARGIN + 92, MARGIN + 132, y - 6),
    svgText(MARGIN + 146, y, say("pictures.interval"), style),
  ];
  if (hasAverage) {
    const x = MARGIN + 470;
    parts.push(diamond(x, y - 6), svgText(x + 18, y, say("pictures.average"), style));
  } else parts.push(...noAverage(MARGIN + 464, y, say));
  return parts.join("\n");
}

/** Two lines at most, around the height of the others. */
function noAverage(x: number, y: number, say: Say): string[] {
  const style = { size: LEGEND_SIZE, colour: COLOURS.faint };
  const lines = fitLines(say("pictures.noAverage"), WIDTH - MARGIN - x, style, 2);
  const first = y - (lines.length - 1) * (LEGEND_LINE / 2);
  return lines.map((line, at) => svgText(x, first + at * LEGEND_LINE, line, style));
}
