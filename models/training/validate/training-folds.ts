/** Which members settings are chosen on, and which ones the gate judges by. Trains nothing. */
import { createRandomGenerator } from "../../algebra/random.js";
import type { TrainingData } from "../estimate/training-data.js";
import { TooFewHeldOutError } from "../not-enough-feedback.js";
import { type Fold, splitIntoFolds } from "./folds.js";
import { MINIMUM_HELD_OUT } from "./gate.js";
import { heldOutRows } from "./held-out.js";
import { askedTheSame } from "./same-questions.js";

/** Multiplications that one round on a fold may take; members beyond it are left out of the search. */
const FOLD_COST = 3e8;
const FEWEST_IN_A_FOLD = 150;
/** With no more people than these the gate has folds of its own, which leave more of them in. */
const FEW_PEOPLE = 150;
const GATE_FOLDS = 5;

export interface SplitOptions {
  readonly seed: number;
  /** People who must be held out; {@link MINIMUM_HELD_OUT} if not given. */
  readonly minimumHeldOut?: number;
}

export interface TrainingFolds {
  /** What settings are chosen on. */
  readonly folds: readonly Fold[];
  /** What the gate judges on. */
  readonly gateFolds: readonly Fold[];
}

/** The folds of the search and those of the gate. Throws {@link TooFewHeldOutError}. */
export function splitForTraining(
  data: TrainingData,
  members: readonly number[],
  { minimumHeldOut = MINIMUM_HELD_OUT, seed }: SplitOptions,
): TrainingFolds {
  const same = askedTheSame(data, members);
  const can = new Set(members.filter((member) => canBeHeldOut(data, member) && !same.has(member)));
  if (can.size < Math.max(1, minimumHeldOut)) {
    throw new TooFewHeldOutError(can.size, Math.max(1, minimumHeldOut));
  }
  const wanted = {
    mostTraining: Math.max(FEWEST_IN_A_FOLD, Math.floor(FOLD_COST / costOf(data, members))),
    canBeHeldOut: (member: number) => can.has(member),
  };
  const folds = splitIntoFolds(members, createRandomGenerator(seed), wanted);
  if (members.length > FEW_PEOPLE) return { folds, gateFolds: folds };
  const more = { ...wanted, folds: GATE_FOLDS, enough: FEW_PEOPLE };
  return { folds, gateFolds: splitIntoFolds(members, createRandomGenerator(seed), more) };
}

/** Multiplications that a round takes for one member. */
export function costOf({ count, dimensions }: TrainingData, members: readonly number[]): number {
  const votes = count / members.length;
  return votes * dimensions * (1.5 * dimensions + votes);
}

function canBeHeldOut(data: TrainingData, member: number): boolean {
  const { rows, answered } = heldOutRows(data, member);
  return answered > 0 && answered < rows.length;
}
