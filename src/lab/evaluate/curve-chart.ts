/** Learning curves side by side: a figure against the number of answers, with confidence bands. */
import type { TopLevelSpec } from "vega-lite";
import { CHART_STYLE, coloursFor, MARKS, renderSvg } from "./chart.js";
import type { CurvePoint } from "./learning-curve.js";
import type { Estimate } from "./metrics.js";

/** One line, named in the legend. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly answers: number; readonly value: Estimate }[];
}

export interface Panel {
  /** Of the vertical axis. */
  readonly title: string;
  readonly series: readonly Series[];
}

export interface CurveChart {
  readonly title: string;
  /** Lines. */
  readonly subtitle: readonly string[];
  /** The series are steps of one quantity: their colours run from dark to light. */
  readonly ordered?: boolean;
  readonly panels: readonly Panel[];
}

const PANEL_WIDTH = 360;
/** Pixels that Vega gives a letter of the legend, and a mark with its space. */
const LETTER_WIDTH = 9.6;
const MARK_WIDTH = 32;

/** The standard errors that a band reaches to either side: 95 %. */
const BAND = 1.96;

/** The SVG; panels without a series are left out. Panels with the same series share a legend. */
export function drawCurves(chart: CurveChart): Promise<string> {
  const panels = chart.panels.filter(({ series }) => series.length > 0);
  const namesOf = (panel: Panel) => panel.series.map(({ name }) => name);
  const alike = panels.every((panel) => `${namesOf(panel)}` === `${namesOf(panels[0]!)}`);
  const legendWidth = alike ? panels.length * PANEL_WIDTH : PANEL_WIDTH;
  const sharing = alike ? "shared" : "independent";
  return renderSvg({
    ...CHART_STYLE,
    title: { text: chart.title, subtitle: chart.subtitle },
    spacing: 36,
    hconcat: panels.map((panel) =>
      panelSpec(panel, coloursFor(panel.series.length, chart.ordered === true), legendWidth),
    ),
    resolve: {
      scale: { color: sharing, shape: sharing },
      legend: { color: sharing, shape: sharing },
    },
  } as TopLevelSpec);
}

/** The panels of AUC and, if there is one, win rate. */
export function curvePanels(
  curves: readonly (readonly [name: string, points: readonly CurvePoint[]])[],
): Panel[] {
  const panel = (title: string, pick: (point: CurvePoint) => Estimate | undefined): Panel => ({
    title,
    series: curves
      .map(([name, points]) => ({
        name,
        points: points.flatMap((point) => {
          const value = pick(point);
          return value === undefined ? [] : [{ answers: point.answers, value }];
        }),
      }))
      .filter(({ points }) => points.length > 0),
  });
  return [
    panel("ROC AUC on new users", ({ auc }) => auc),
    panel("win rate of the best response", ({ winRate }) => winRate),
  ];
}

function panelSpec(
  { series, title }: Panel,
  colours: readonly string[],
  legendWidth: number,
): object {
  const names = series.map(({ name }) => name);
  const values = series.flatMap(({ name, points }) =>
    points.map(({ answers, value: { mean, standardError } }) => ({
      name,
      answers,
      mean,
      low: mean - BAND * standardError,
      high: mean + BAND * standardError,
    })),
  );
  const answers = [...new Set(values.map((value) => value.answers))];
  const scale = { domain: names, range: colours };
  const legend = {
    title: null,
    orient: "bottom",
    columns: legendColumns(names, legendWidth),
    symbolOpacity: 1,
  };
  const color = { field: "name", type: "nominal", scale, legend };
  const shape = { ...color, scale: { domain: names, range: MARKS.slice(0, names.length) } };
  const y = { type: "quantitative", title, scale: { zero: false }, axis: { format: ".2f" } };
  const x = {
    field: "answers",
    type: "quantitative",
    title: "answers",
    // Answers at the start tell most, so they get most of the room; zero keeps its place.
    scale: { type: "symlog", constant: 1, nice: false },
    axis: { values: answers, grid: false },
  };
  return {
    width: PANEL_WIDTH,
    height: 280,
    data: { values },
    layer: [
      {
        mark: { type: "area", opacity: 0.12 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
      },
      {
        mark: { type: "line", strokeWidth: 2 },
        encoding: { x, y: { ...y, field: "mean" }, color },
      },
      {
        mark: { type: "point", filled: true, size: 55, opacity: 1 },
        encoding: { x, y: { ...y, field: "mean" }, color, shape },
      },
    ],
  };
}

/** As many as fit, so that the legend does not widen the picture. */
function legendColumns(names: readonly string[], width: number): number {
  const longest = Math.max(...names.map((name) => name.length));
  return Math.max(1, Math.floor(width / (longest * LETTER_WIDTH + MARK_WIDTH)));
}
