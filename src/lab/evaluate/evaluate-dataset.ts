/**
 * The whole evaluation of a data set in memory, one fold or several: training, interviews, scores,
 * times. People are pooled over the folds.
 */

import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { TrainingResult } from "../../../models/training/train.js";
import { evaluateAttack } from "./attack.js";
import type { Dataset } from "./dataset.js";
import { type Participants, takePart } from "./draw-users.js";
import type { Evaluation, EvaluationOptions } from "./evaluation.js";
import { askNothing } from "./interview.js";
import { curveOf, measureTallies } from "./learning-curve.js";
import type { Curves, FoldReport } from "./report.js";
import { reportOf } from "./report-of.js";
import { mergeFolds, type Tally } from "./tally.js";
import { measureTimings } from "./timings.js";
import { trainOn } from "./train-model.js";

interface FoldEvaluation {
  readonly report: FoldReport;
  readonly tallies: readonly (readonly Tally[])[];
  readonly global: readonly Tally[];
}

/** Throws `NotEnoughFeedbackError` and `NobodyToScoreError`. */
export async function evaluateDataset(
  folds: readonly Dataset[],
  options: EvaluationOptions,
): Promise<Evaluation> {
  const { acquisitions, answers } = options;
  const participants = takePart(folds, options.users, options.seed);
  const evaluated: FoldEvaluation[] = [];
  for (const fold of participants) {
    evaluated.push(await evaluateFold(fold, optionsFor(fold, participants, options)));
  }
  const pool = (talliesOf: (fold: FoldEvaluation) => readonly Tally[]) =>
    curveOf(answers, mergeFolds(evaluated.map(talliesOf)));
  const curves: Curves = Object.fromEntries(
    acquisitions.map((acquisition, at) => [acquisition, pool(({ tallies }) => tallies[at]!)]),
  );
  const global = pool((fold) => fold.global);
  const foldReports = evaluated.map(({ report }) => report);
  const report = reportOf(participants, foldReports, curves, global, options);
  if (options.attack === undefined) return { curves, global, report };
  const clean = curves[acquisitions[0]!]!;
  const attack = await evaluateAttack(participants, clean, options.attack, options);
  return { curves, global, report: { ...report, attack } };
}

/** Names the fold in every stage if there are several. */
function optionsFor(
  { dataset }: Participants,
  all: readonly Participants[],
  options: EvaluationOptions,
): EvaluationOptions {
  const { onProgress } = options;
  if (all.length === 1 || onProgress === undefined) return options;
  return {
    ...options,
    onProgress: (done, stage) => onProgress(done, `${dataset.name}: ${stage}`),
  };
}

async function evaluateFold(
  { dataset, leftOut, users }: Participants,
  options: EvaluationOptions,
): Promise<FoldEvaluation> {
  const { acquisitions, onProgress = () => {}, seed } = options;
  const { items, training } = dataset;
  const { result, seconds } = await trainOn(items, training, {
    seed,
    onProgress: (done, stage) => onProgress(done, `training: ${stage}`),
  });
  const { model } = result;
  const tallies = acquisitions.map((ask) =>
    measureTallies(model, items, users, {
      ...options,
      ask,
      onProgress: (done) => onProgress(done, `asking by ${ask}`),
    }),
  );
  const quiet = { ...options, onProgress: () => {} };
  const global = measureTallies(model, items, users, { ...quiet, ask: askNothing });
  onProgress(0, "measuring times");
  const microseconds = measureTimings(model, items, training, acquisitions[0]!, seed);
  const figures = { trainSeconds: seconds, users: users.length, leftOut, microseconds };
  return { tallies, global, report: { ...foldReport(dataset, model, result), ...figures } };
}

function foldReport(
  { items, name, training }: Dataset,
  { personalShare = 1, rank }: BaseRewardModel,
  { adopted, reason }: TrainingResult,
) {
  return {
    dataset: name,
    rank,
    personalShare,
    encoder: items.encoderId,
    trainingComparisons: training.count,
    trainingMembers: training.members,
    gate: { adopted, reason },
  };
}
