/**
 * Draws charts as SVG with Vega, without a browser. Colours are Okabe and Ito's, which colour-blind
 * people tell apart; every series has a mark of its own too. Knows nothing of what is drawn.
 */
import type { TopLevelSpec } from "vega-lite";

/** The config of every chart: an own white background, so that it reads on dark pages too. */
export const CHART_STYLE = {
  background: "white",
  padding: 16,
  config: {
    font: "Helvetica, Arial, sans-serif",
    view: { stroke: null },
    title: {
      fontSize: 15,
      color: "#222222",
      anchor: "start",
      offset: 12,
      subtitleColor: "#555555",
    },
    axis: {
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: "normal",
      labelColor: "#333333",
      titleColor: "#333333",
      gridColor: "#e6e6e6",
      domainColor: "#888888",
      tickColor: "#888888",
    },
    legend: { labelFontSize: 12, titleFontSize: 12, labelLimit: 400, symbolStrokeWidth: 2 },
    header: { labelFontSize: 13, labelColor: "#222222" },
  },
} as const;

const COLOURS = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#7f5f3f",
  "#000000",
];

/** From dark to light, all dark enough for white: the viridis scale without its end. */
const STEPS = ["#440154", "#443983", "#31688e", "#21918c", "#35b779", "#90d743", "#d0c11f"];

/** Colours for `count` series, which are different things or, if `ordered`, steps of one. */
export function coloursFor(count: number, ordered: boolean): string[] {
  if (!ordered) return Array.from({ length: count }, (_, at) => COLOURS[at % COLOURS.length]!);
  const spread = (STEPS.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, at) => STEPS[Math.round(at * spread)]!);
}

export const MARKS = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "triangle-down",
  "cross",
  "triangle-right",
  "triangle-left",
];

/** The SVG of a Vega-Lite chart. The libraries are loaded only here, since most runs draw nothing. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
