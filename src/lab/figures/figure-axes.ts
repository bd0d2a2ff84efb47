/** Figure 5 of the paper: what the learned base rewards are about. */
import type { TopLevelSpec } from "vega-lite";
import { STYLE_STATISTICS } from "../../../models/encoder/style-statistics.js";
import { CHART_STYLE, renderSvg } from "../evaluate/chart.js";
import type { Items } from "../evaluate/dataset.js";
import type { Study } from "./study.js";
import { correlateWithStyles } from "./style-correlations.js";

/** As many fit on a page, legibly. */
const MOST_STATISTICS = 34;

/** `styles` are the study's items with the features of Attune's own encoder. */
export function drawAxesFigure(study: Study, styles: Items): Promise<string> {
  const { dataset, trained } = study;
  const { axes, correlations } = correlateWithStyles(trained.model, dataset.items, styles);
  const labels = axes.map(({ high, low }, at) => `${at + 1}: ${low} … ${high}`);
  const correlation = (axis: number, statistic: number) =>
    correlations[axis * STYLE_STATISTICS.length + statistic]!;
  const strongest = STYLE_STATISTICS.map((_, statistic) =>
    Math.max(...labels.map((_, axis) => Math.abs(correlation(axis, statistic)))),
  );
  const shown = [...strongest.keys()]
    .sort((a, b) => strongest[b]! - strongest[a]!)
    .slice(0, MOST_STATISTICS)
    .sort((a, b) => a - b);
  const values = labels.flatMap((label, axis) =>
    shown.map((statistic) => ({
      label,
      statistic: inWords(STYLE_STATISTICS[statistic]!),
      correlation: correlation(axis, statistic),
    })),
  );
  return renderSvg({
    ...CHART_STYLE,
    title: {
      text: "What the base rewards are about",
      subtitle: [
        `${dataset.name}: correlation with statistics of style, between answers to the same prompt`,
        `the ${shown.length} statistics with the strongest correlations`,
      ],
    },
    width: { step: 26 },
    height: { step: 30 },
    data: { values },
    encoding: {
      x: {
        field: "statistic",
        type: "nominal",
        sort: null,
        title: null,
        axis: { labelAngle: -55, domain: false, ticks: false },
      },
      y: {
        field: "label",
        type: "nominal",
        sort: null,
        title: null,
        axis: { labelLimit: 460, domain: false, ticks: false },
      },
    },
    layer: [
      {
        mark: { type: "rect", stroke: "white" },
        encoding: { color: { field: "correlation", type: "quantitative", ...COLOUR_SCALE } },
      },
      {
        // The number, if it says something: no colour has to be read off a scale.
        transform: [{ filter: "abs(datum.correlation) >= 0.2" }],
        mark: { type: "text", fontSize: 10 },
        encoding: {
          text: { field: "correlation", type: "quantitative", format: ".1f" },
          color: {
            condition: { test: "abs(datum.correlation) > 0.65", value: "white" },
            value: "#222222",
          },
        },
      },
    ],
  } as TopLevelSpec);
}

/** Orange to blue through white, which colour-blind people tell apart. */
const COLOUR_SCALE = {
  scale: { domain: [-1, 0, 1], range: ["#b35806", "#f7f7f7", "#2166ac"], type: "linear" },
  legend: { title: "correlation", orient: "right", gradientLength: 140 },
};

/** "wordsPerSentence" becomes "words per sentence". */
function inWords(statistic: string): string {
  return statistic.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
