/** The held-out accuracy of each version of the base rewards as a small chart. Knows no store. */
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
export function versionsChart(versions: readonly ChartedVersion[], current: string): string {
  const shown = versions.slice(-MOST);
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, shown.length);
  const x = (at: number) => LEFT + step * (at + 0.5);
  const points = shown.map(({ heldOut }, at) => [x(at), height(heldOut.accuracy)] as const);
  return svgCard(WIDTH, HEIGHT, [
    svgText(24, 38, "Held-out votes predicted right, by version", { size: 20, bold: true }),
    ...[0.5, 0.75, 1].map(gridLine),
    `<polyline points="${points.map((point) => point.join(",")).join(" ")}" fill="none" stroke="${COLOURS.own}" stroke-width="3"/>`,
    ...shown.map(({ version, heldOut }, at) => {
      const fill = version === current ? COLOURS.average : COLOURS.own;
      return `<circle cx="${x(at)}" cy="${height(heldOut.accuracy)}" r="${version === current ? 9 : 6}" fill="${fill}" stroke="${COLOURS.card}" stroke-width="2"/>`;
    }),
    svgText(LEFT, HEIGHT - 14, "oldest", { size: 15, colour: COLOURS.faint }),
    svgText(WIDTH - RIGHT, HEIGHT - 14, "newest; large: answers now", {
      size: 15,
      anchor: "end",
      colour: COLOURS.faint,
    }),
  ]);
}

/** The same for somebody who can't see the chart. */
export function versionsAltText(versions: readonly ChartedVersion[]): string {
  const figures = versions
    .slice(-MOST)
    .map(({ heldOut }) => `${Math.round(100 * heldOut.accuracy)} %`);
  return `Held-out votes predicted right, from the oldest version to the newest: ${figures.join(", ")}.`;
}

function height(accuracy: number): number {
  const share = (Math.max(LOWEST, Math.min(1, accuracy)) - LOWEST) / (1 - LOWEST);
  return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}

function gridLine(accuracy: number): string {
  const y = height(accuracy);
  const line = `<line x1="${LEFT - 10}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}" stroke="${COLOURS.track}" stroke-width="1.5"/>`;
  const label = `${Math.round(100 * accuracy)} %`;
  return (
    line + svgText(LEFT - 18, y + 6, label, { size: 16, anchor: "end", colour: COLOURS.faint })
  );
}
