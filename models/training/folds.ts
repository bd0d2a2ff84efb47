/** Splits members into those a model is trained on and those it is held against. */
import { type RandomGenerator, shuffled } from "../random.js";

export interface Fold {
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
}

const FOLDS = 5;
/** Beyond this many held-out members one more fold tells nothing worth its time. */
const ENOUGH_HELD_OUT = 60;
const MOST_HELD_OUT = 200;

/**
 * Up to five folds over `members`, drawn with `random`: every member is held out once where they
 * are few, and as many folds as hold out {@link ENOUGH_HELD_OUT} members where they are many.
 */
export function splitIntoFolds(members: readonly number[], random: RandomGenerator): Fold[] {
  const order = shuffled(members, random);
  const count = Math.min(FOLDS, order.length);
  const folds: Fold[] = [];
  let heldOutSoFar = 0;
  for (let fold = 0; fold < count && heldOutSoFar < ENOUGH_HELD_OUT; fold++) {
    const own = order.filter((_, index) => index % count === fold);
    const heldOut = own.slice(0, MOST_HELD_OUT);
    const left = new Set(own);
    folds.push({ heldOut, training: order.filter((member) => !left.has(member)) });
    heldOutSoFar += heldOut.length;
  }
  return folds;
}
