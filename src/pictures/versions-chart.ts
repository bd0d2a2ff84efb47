/** The held-out accuracy of each version of the base rewards as a small chart. Knows no store. */
import { percent } from "../language/figures.js";
import type { Say } from "../language/say.js";
import type { HeldOutRecord } from "../store/records.js";
import { COLOURS, svgCard, svgText } from "./svg.js";

const WIDTH = 720;
const HEIGHT = 300;
const LEFT = 84;
const RIGHT = 30;
const TOP = 66;
const BOTTOM = 44;
const MOST = 24;
/** Guessing, and never wrong. */
const LOWEST = 0.5;

export interface ChartedVersion {
  readonly version: string;
  readonly heldOut: Pick<HeldOutRecord, "accuracy">;
}

/** As SVG; `current` is drawn as a ring. The newest {@link MOST} versions are shown. */
export function versionsChart(
  versions: readonly ChartedVersion[],
  current: string,
  say: Say,
): string {
  const shown = versions.slice(-MOST);
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, shown.length);
  const x = (at: number) => LEFT + step * (at + 0.5);
  const points = shown.map(({ heldOut }, at) => [x(at), height(heldOut.accuracy)] as const);
  return svgCard(WIDTH, HEIGHT, [
    svgText(24, 38, say("pictures.versions"), { size: 20, bold: true }),
    ...[0.5, 0.75, 1].map((accuracy) => gridLine(accuracy, say)),
    `<polyline points="${points.map((point) => point.join(",")).join(" ")}" fill="none" stroke="${COLOURS.own}" stroke-width="3"/>`,
    ...shown.map(({ version, heldOut }, at) => {
      const fill = version === current ? COLOURS.average : COLOURS.own;
      return `<circle cx="${x(at)}" cy="${height(heldOut.accuracy)}" r="${version === current ? 9 : 6}" fill="${fill}" stroke="${COLOURS.card}" stroke-width="2"/>`;
    }),
    svgText(LEFT, HEIGHT - 14, say("pictures.oldest"), { size: 15, colour: COLOURS.faint }),
    svgText(WIDTH - RIGHT, HEIGHT - 14, say("pictures.newest"), {
      size: 15,
      anchor: "end",
      colour: COLOURS.faint,
    }),
  ]);
}

/** The same for somebody who can't see the chart. */
export function versionsAltText(versions: readonly ChartedVersion[], say: Say): string {
  const figures = versions.slice(-MOST).map(({ heldOut }) => percent(heldOut.accuracy, say));
  return say("pictures.versionsAlt", { figures: figures.join(", ") });
}

function height(accuracy: number): number {
  const share = (Math.max(LOWEST, Math.min(1, accuracy)) - LOWEST) / (1 - LOWEST);
  return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}

function gridLine(accuracy: number, say: Say): string {
  const y = height(accuracy);
  const line = `<line x1="${LEFT - 10}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}" stroke="${COLOURS.track}" stroke-width="1.5"/>`;
  const label = percent(accuracy, say);
  return (
    line + svgText(LEFT - 18, y + 6, label, { size: 16, anchor: "end", colour: COLOURS.faint })
  );
}
