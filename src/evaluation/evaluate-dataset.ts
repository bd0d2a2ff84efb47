/** The whole evaluation of a data set in memory: training, interviews, scores, times. */
import type { Acquisition } from "../../models/acquisition.js";
import type { BaseRewardModel } from "../../models/base-rewards.js";
import { evaluateAttack } from "./attack.js";
import type { Dataset, NewUser } from "./dataset.js";
import { drawUsers, scorableUsers } from "./draw-users.js";
import { askNothing, type Drift } from "./interview.js";
import { type CurvePoint, measureCurve } from "./learning-curve.js";
import { baselineOf, type Curves, figuresOf, type Report } from "./report.js";
import { measureTimings } from "./timings.js";
import { trainOn } from "./train-model.js";

export interface EvaluationOptions {
  readonly answers: readonly number[];
  readonly acquisitions: readonly Acquisition[];
  readonly users?: number;
  readonly seed: number;
  readonly drift?: Drift;
  /** The share of colluding accounts in an attack on the training; none where not given. */
  readonly attack?: number;
  /** `done` runs from 0 to 1 in every stage. */
  readonly onProgress?: (done: number, stage: string) => void;
}

export interface Evaluation {
  readonly report: Report;
  readonly curves: Curves;
  /** What everybody alike gets: the average member's weights, whatever the answers. */
  readonly global: readonly CurvePoint[];
  readonly model: BaseRewardModel;
}

/** Throws `NotEnoughFeedbackError` and `NobodyToScoreError`. */
export async function evaluateDataset(
  dataset: Dataset,
  options: EvaluationOptions,
): Promise<Evaluation> {
  const { acquisitions, onProgress = () => {}, seed } = options;
  const { items, name, newUsers, training } = dataset;
  const chosen = drawUsers(newUsers, options.users, seed);
  const users = scorableUsers(chosen);
  const { result, seconds } = await trainOn(items, training, {
    seed,
    onProgress: (done, stage) => onProgress(done, `training: ${stage}`),
  });
  const { model } = result;
  const curves = measureCurves(dataset, model, users, options);
  const global = measureCurve(model, items, users, {
    ...options,
    ask: askNothing,
    onProgress: () => {},
  });
  onProgress(0, "measuring times");
  const evaluation = {
    curves,
    global,
    model,
    report: {
      dataset: name,
      encoder: items.encoderId,
      rank: model.rank,
      trainSeconds: seconds,
      users: users.length,
      ...figuresOf(curves),
      baselines: { global: baselineOf(global) },
      microseconds: measureTimings(model, items, training, acquisitions[0]!, seed),
      peakMemoryMB: process.resourceUsage().maxRSS / 1024,
      seed,
      ...options.drift,
      trainingComparisons: training.count,
      trainingMembers: training.members,
      leftOut: chosen.length - users.length,
      gate: { adopted: result.adopted, reason: result.reason },
    },
  };
  if (options.attack === undefined) return evaluation;
  const attack = await evaluateAttack(dataset, users, evaluation, options.attack, options);
  return { ...evaluation, report: { ...evaluation.report, attack } };
}

function measureCurves(
  { items }: Dataset,
  model: BaseRewardModel,
  users: readonly NewUser[],
  options: EvaluationOptions,
): Curves {
  const { acquisitions, onProgress = () => {} } = options;
  const measure = (acquisition: Acquisition): CurvePoint[] =>
    measureCurve(model, items, users, {
      ...options,
      ask: acquisition,
      onProgress: (done) => onProgress(done, `asking by ${acquisition}`),
    });
  return Object.fromEntries(acquisitions.map((acquisition) => [acquisition, measure(acquisition)]));
}
