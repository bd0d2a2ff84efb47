/**
 * Folds whose held-out members are predicted on prompts that the fold's training has seen no vote on, as in
 * a chat: what is remembered of known responses looks like taste. Trains nothing.
 */
import type { RandomGenerator } from "../../algebra/random.js";
import type { TrainingData } from "../estimate/training-data.js";
import type { Fold } from "./folds.js";
import { type HeldOutRows, heldOutRows } from "./held-out.js";
import { drawHeldOut, partsOf, withoutResponsesOf } from "./held-out-prompts.js";

export interface TrialFold extends Fold {
  /** The votes that may be trained with; members keep their numbers. All votes if prompts are known. */
  readonly seen: TrainingData;
  /** Rows of all votes, of each member who is held out. */
  readonly rowsOf: ReadonlyMap<number, HeldOutRows>;
}

/**
 * `folds` with three tenths of the prompts held out of each. Where that is not possible, or changes
 * nothing because no two members were asked about the same responses, all votes are trained with.
 */
export function trialFolds(
  data: TrainingData,
  folds: readonly Fold[],
  random: RandomGenerator,
): TrialFold[] {
  const onNew = folds.map((fold) => onNewPrompts(data, fold, random));
  return folds.map((fold, at) =>
    onNew.every((trial) => trial !== undefined) ? onNew[at]! : onKnownPrompts(data, fold),
  );
}

function onNewPrompts(
  data: TrainingData,
  fold: Fold,
  random: RandomGenerator,
): TrialFold | undefined {
  const prompts = drawHeldOut(data, random);
  const rowsOf = new Map<number, HeldOutRows>();
  for (const member of fold.heldOut) {
    const { asked, predicted } = partsOf(data, member, prompts);
    if (asked.length === 0 || predicted.length === 0) continue;
    rowsOf.set(member, { rows: [...asked, ...predicted], answered: asked.length });
  }
  const predicted = [...rowsOf.values()].flatMap(({ answered, rows }) => rows.slice(answered));
  const seen = withoutResponsesOf(data, predicted);
  if (seen === undefined || votesOf(fold.others, seen) === votesOf(fold.others, data)) {
    return undefined;
  }
  const votes = (member: number) => votesOf([member], seen) > 0;
  const [others, training] = [fold.others.filter(votes), fold.training.filter(votes)];
  if (rowsOf.size === 0 || training.length < 2) return undefined;
  return { heldOut: [...rowsOf.keys()], others, training, seen, rowsOf };
}

function onKnownPrompts(data: TrainingData, fold: Fold): TrialFold {
  const rowsOf = new Map(fold.heldOut.map((member) => [member, heldOutRows(data, member)]));
  return { ...fold, seen: data, rowsOf };
}

function votesOf(members: readonly number[], { starts }: TrainingData): number {
  return members.reduce((sum, member) => sum + starts[member + 1]! - starts[member]!, 0);
}
