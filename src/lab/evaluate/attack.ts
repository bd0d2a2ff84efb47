/**
 * What colluding accounts cost honest people: the same training with an attack among its votes, the
 * same new users, the difference between both. Knows no files.
 */

import { createRandomGenerator } from "../../../models/algebra/random.js";
import { STRATEGIES, type StrategyName, withColluders } from "../attacks/colluders.js";
import type { Participants } from "./draw-users.js";
import type { EvaluationOptions } from "./evaluation.js";
import { type CurvePoint, curveOf, measureTallies } from "./learning-curve.js";
import { estimateOf } from "./metrics.js";
import type { AttackFigures, AttackReport, ByAnswers } from "./report.js";
import { mergeFolds, type Tally } from "./tally.js";
import { trainOn } from "./train-model.js";

/** Repeats the training of each fold once for each kind of attack; `clean` is the curve without one. */
export async function evaluateAttack(
  folds: readonly Participants[],
  clean: readonly CurvePoint[],
  share: number,
  options: EvaluationOptions,
): Promise<AttackReport> {
  const names = Object.keys(STRATEGIES) as StrategyName[];
  const strategies: Record<string, AttackFigures> = {};
  for (const name of names) {
    const attacked: AttackedFold[] = [];
    for (const fold of folds) attacked.push(await attack(fold, name, share, options));
    const merged = mergeFolds(attacked.map(({ tallies }) => tallies));
    strategies[name] = {
      accounts: attacked.reduce((sum, { accounts }) => sum + accounts, 0),
      ...comparedWith(clean, curveOf(options.answers, merged)),
      leftOut: attacked.reduce((sum, { leftOut }) => sum + leftOut, 0),
      adopted: attacked.every(({ adopted }) => adopted),
    };
  }
  return { share, strategies };
}

type AttackedFold = Pick<AttackFigures, "accounts" | "leftOut" | "adopted"> & {
  readonly tallies: readonly Tally[];
};

async function attack(
  { dataset: { items, training }, users }: Participants,
  name: StrategyName,
  share: number,
  { acquisitions, onProgress = () => {}, ...options }: EvaluationOptions,
): Promise<AttackedFold> {
  const { seed } = options;
  const random = createRandomGenerator(seed);
  const attacked = withColluders({ items, training }, name, share, random);
  const { result } = await trainOn(items, attacked, {
    seed,
    onProgress: (done, stage) => onProgress(done, `attack "${name}": ${stage}`),
  });
  return {
    accounts: attacked.members - training.members,
    tallies: measureTallies(result.model, items, users, { ...options, ask: acquisitions[0]! }),
    leftOut: result.leftOut,
    adopted: result.adopted,
  };
}

function comparedWith(
  clean: readonly CurvePoint[],
  attacked: readonly CurvePoint[],
): Pick<AttackFigures, "auc" | "difference" | "standardError"> {
  const differences = attacked.map(({ aucs }, point) =>
    estimateOf(aucs.map((auc, user) => auc - clean[point]!.aucs[user]!)),
  );
  const byAnswers = (figure: (point: number) => number): ByAnswers =>
    Object.fromEntries(attacked.map(({ answers }, point) => [answers, figure(point)]));
  return {
    auc: byAnswers((point) => attacked[point]!.auc.mean),
    difference: byAnswers((point) => differences[point]!.mean),
    standardError: byAnswers((point) => differences[point]!.standardError),
  };
}
