/**
 * Folds whose held-out members are predicted on prompts that the fold's training has seen no vote on, as in
 * a chat: what is remembered of known responses looks like taste. Trains nothing.
 */
import type { TrainingData } from "../estimate/training-data.js";
import type { Fold } from "./folds.js";
import { type HeldOutRows, heldOutRows } from "./held-out.js";
import { type HeldOutResponses, partsOf, withoutResponsesOf } from "./held-out-prompts.js";

export interface TrialFold extends Fold {
  /** The votes that may be trained with; members keep their numbers. All votes if prompts are known. */
  readonly seen: TrainingData;
  /** Rows of all votes, of each member who is held out. */
  readonly rowsOf: ReadonlyMap<number, HeldOutRows>;
}

/**
 * `fold` with the drawn prompts held out. Undefined if that leaves nobody to predict, or if features can't say
 * anything about responses that nobody has seen.
 */
export function onNewPrompts(
  data: TrainingData,
  fold: Fold,
  prompts: HeldOutResponses,
): TrialFold | undefined {
  const rowsOf = new Map<number, HeldOutRows>();
  for (const member of fold.heldOut) {
    const { asked, predicted } = partsOf(data, member, prompts);
    if (asked.length === 0 || predicted.length === 0) continue;
    rowsOf.set(member, { rows: [...asked, ...predicted], answered: asked.length });
  }
  const predicted = [...rowsOf.values()].flatMap(({ answered, rows }) => rows.slice(answered));
  const left = withoutResponsesOf(data, predicted);
  if (left === undefined || rowsOf.size === 0) return undefined;
  // Where no two members were asked about the same responses, nothing has to be left out.
  const seen = votesOf(fold.others, left) === votesOf(fold.others, data) ? data : left;
  const hasVotes = (member: number) => votesOf([member], seen) > 0;
  const [others, training] = [fold.others.filter(hasVotes), fold.training.filter(hasVotes)];
  return { heldOut: [...rowsOf.keys()], others, training, seen, rowsOf };
}

/** `fold` with all votes; members' votes are parted by response ({@link heldOutRows}). */
export function onKnownPrompts(data: TrainingData, fold: Fold): TrialFold {
  const rowsOf = new Map(fold.heldOut.map((member) => [member, heldOutRows(data, member)]));
  return { ...fold, seen: data, rowsOf };
}

function votesOf(members: readonly number[], { starts }: TrainingData): number {
  return members.reduce((sum, member) => sum + starts[member + 1]! - starts[member]!, 0);
}
