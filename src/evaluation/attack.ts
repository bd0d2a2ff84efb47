/**
 * What colluding accounts cost honest people: the same training with an attack among its votes, the
 * same new users, the difference between both. Knows no files.
 */
import { createRandomGenerator } from "../../models/random.js";
import { STRATEGIES, type StrategyName, withColluders } from "./colluders.js";
import type { Dataset, NewUser } from "./dataset.js";
import type { Evaluation, EvaluationOptions } from "./evaluate-dataset.js";
import { type CurvePoint, measureCurve } from "./learning-curve.js";
import { estimateOf } from "./metrics.js";
import type { ByAnswers } from "./report.js";
import { trainOn } from "./train-model.js";

/** One kind of attack. */
export interface AttackFigures {
  readonly accounts: number;
  readonly auc: ByAnswers;
  /** Attacked minus clean, over the same new users. */
  readonly difference: ByAnswers;
  /** Of the difference. */
  readonly standardError: ByAnswers;
  /** Accounts, honest or not, whose votes took no part. */
  readonly leftOut: number;
  /** Whether the gate lets the base rewards in that the attack has left; they are measured anyway. */
  readonly adopted: boolean;
}

export interface AttackReport {
  /** Of all accounts. */
  readonly share: number;
  readonly strategies: Readonly<Record<string, AttackFigures>>;
}

/** Repeats the training of `clean` once for each kind of attack. */
export async function evaluateAttack(
  dataset: Dataset,
  users: readonly NewUser[],
  clean: Evaluation,
  share: number,
  options: EvaluationOptions,
): Promise<AttackReport> {
  const names = Object.keys(STRATEGIES) as StrategyName[];
  const strategies: Record<string, AttackFigures> = {};
  for (const name of names) {
    strategies[name] = await attack(dataset, users, clean, name, share, options);
  }
  return { share, strategies };
}

async function attack(
  { items, training }: Dataset,
  users: readonly NewUser[],
  clean: Evaluation,
  name: StrategyName,
  share: number,
  { acquisitions, onProgress = () => {}, ...options }: EvaluationOptions,
): Promise<AttackFigures> {
  const { seed } = options;
  const random = createRandomGenerator(seed);
  const attacked = withColluders({ items, training }, name, share, random);
  const { result } = await trainOn(items, attacked, {
    seed,
    onProgress: (done, stage) => onProgress(done, `attack "${name}": ${stage}`),
  });
  const ask = acquisitions[0]!;
  const curve = measureCurve(result.model, items, users, { ...options, ask });
  return {
    accounts: attacked.members - training.members,
    ...comparedWith(clean.curves[ask]!, curve),
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
