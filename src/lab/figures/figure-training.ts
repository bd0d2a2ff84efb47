/**
 * Figures 3A and 3B of the paper: what regularisation, the start of training and the number of base
 * rewards do, everything else as training has chosen it.
 */
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { LinearSettings } from "../../../models/rewards/recipe.js";
import {
  type ForcedTraining,
  trainWithSettings,
} from "../../../models/training/train-with-settings.js";
import { curvePanels, drawCurves } from "../evaluate/curve-chart.js";
import { poolComparisons } from "../evaluate/train-model.js";
import { singularStart } from "./singular-start.js";
import { curveOf, type Study, subtitleOf } from "./study.js";

type Start = NonNullable<ForcedTraining["start"]>;

const RANKS = [1, 2, 3, 4, 6, 8, 12];

/** Figure 3A. Without a hidden layer, so that nothing but the setting differs. */
export function drawRegularisationFigure(study: Study): Promise<string> {
  const { settings } = study.trained;
  const { rank, shrinkage } = settings;
  const brief = { ...settings, rounds: 1 };
  const start: Start = (data, moment) => singularStart(data, moment, rank);
  const variants: [string, LinearSettings, Start?][] = [
    ["as chosen", settings],
    ["no shrinkage", { ...settings, shrinkage: 0 }],
    ["ten times the shrinkage", { ...settings, shrinkage: 10 * shrinkage }],
    ["from an SVD", settings, start],
    ["one round", brief],
    ["one round from an SVD", brief, start],
    ...(settings.from === "starter"
      ? [["without the starter axes", withoutStarter(settings)] as [string, LinearSettings]]
      : []),
  ];
  return drawCurves({
    title: "Regularisation and the start of training",
    subtitle: subtitleOf(study),
    panels: curvePanels(
      variants.map(([name, settings, start]) => [
        name,
        curveOf(study, trainWith(study, { settings, ...(start && { start }) })[0]!),
      ]),
    ),
  });
}

function withoutStarter(settings: LinearSettings): LinearSettings {
  return { ...settings, from: "nothing", target: "independent" };
}

/** Figure 3B. */
export function drawRankFigure(study: Study): Promise<string> {
  const models = trainWith(study, { settings: study.trained.settings, ranks: RANKS });
  const different = models.filter(({ rank }, at) => rank === RANKS[at]);
  return drawCurves({
    title: "The number of base rewards",
    subtitle: subtitleOf(study),
    ordered: true,
    panels: curvePanels(different.map((model) => [`J = ${model.rank}`, curveOf(study, model)])),
  });
}

function trainWith(
  { dataset, onProgress }: Study,
  how: Pick<ForcedTraining, "ranks" | "settings" | "start">,
): BaseRewardModel[] {
  const { items, training } = dataset;
  onProgress(0, "training with other settings");
  return trainWithSettings({
    pooled: poolComparisons(items, training),
    dimensions: items.dimensions,
    encoderId: items.encoderId,
    ...how,
  });
}
