/** Splits members into those a model is trained on and those it is held against. */
import { type RandomGenerator, shuffled } from "../../algebra/random.js";

export interface Fold {
  /** Those of `others` that settings are searched with: all of them, or as many as are fast. */
  readonly training: readonly number[];
  /** Everybody who is not in this fold. */
  readonly others: readonly number[];
  readonly heldOut: readonly number[];
}

export interface FoldOptions {
  /** The most members that settings are searched with. */
  readonly mostTraining: number;
  /** Whether a member has votes that can be predicted from others. */
  readonly canBeHeldOut: (member: number) => boolean;
  /** How many folds at most; {@link FOLDS} if not given. */
  readonly folds?: number;
  /** So many held-out members need no further fold; {@link ENOUGH_HELD_OUT} if not given. */
  readonly enough?: number;
}

const FOLDS = 3;
/** Beyond this many held-out members one more fold tells nothing worth its time. */
const ENOUGH_HELD_OUT = 60;
const MOST_HELD_OUT = 200;

/**
 * Folds over `members`, drawn with `random`: every member is held out once when they
 * are few, and as many folds as hold out `enough` members when they are many.
 */
export function splitIntoFolds(
  members: readonly number[],
  random: RandomGenerator,
  { mostTraining, canBeHeldOut, folds: most = FOLDS, enough = ENOUGH_HELD_OUT }: FoldOptions,
): Fold[] {
  const order = shuffled(members, random);
  const count = Math.min(most, order.length);
  const folds: Fold[] = [];
  let heldOutSoFar = 0;
  for (let fold = 0; fold < count && heldOutSoFar < enough; fold++) {
    const own = order.filter((_, index) => index % count === fold);
    const heldOut = own.filter(canBeHeldOut).slice(0, MOST_HELD_OUT);
    if (heldOut.length === 0) continue;
    const left = new Set(own);
    const others = order.filter((member) => !left.has(member));
    folds.push({ heldOut, others, training: others.slice(0, mostTraining) });
    heldOutSoFar += heldOut.length;
  }
  return folds;
}
