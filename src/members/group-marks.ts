/**
 * What may be shown of a group's taste: for each axis one of five marks, from the mean over many people
 * with noise. Even somebody who knows, or sets, everybody else's weights learns next to nothing about
 * the last person's. Knows no store.
 */
import type { RandomGenerator } from "../../models/algebra/random.js";

/** Fewer people than this have no marks. */
export const LEAST_PEOPLE = 20;
/** Nobody counts as farther out than this, in units of a base reward. */
export const FARTHEST = 2;
/**
 * ε of differential privacy for one axis of one snapshot: whatever one person likes changes the
 * probability of a mark by a factor of e^ε at most (Dwork and Roth, 2014, the Laplace mechanism).
 */
export const EPSILON = 0.5;

/**
 * The marks of `weights`, one vector [J] for each person: whole numbers from -{@link FARTHEST} to
 * {@link FARTHEST}. Undefined for fewer than {@link LEAST_PEOPLE}.
 */
export function groupMarks(
  weights: readonly (readonly number[])[],
  random: RandomGenerator,
): number[] | undefined {
  const people = weights.length;
  if (people < LEAST_PEOPLE) return undefined;
  // One person moves the mean by this much at most.
  const scale = (2 * FARTHEST) / people / EPSILON;
  return weights[0]!.map((_, axis) => {
    const sum = weights.reduce((total, vector) => total + clipped(vector[axis] ?? 0), 0);
    return Math.round(clipped(sum / people + laplace(scale, random))) + 0;
  });
}

function clipped(value: number): number {
  return Math.max(-FARTHEST, Math.min(FARTHEST, value));
}

/** A draw from the Laplace distribution around 0. */
function laplace(scale: number, random: RandomGenerator): number {
  const uniform = random() - 0.5;
  return (
    -scale * Math.sign(uniform) * Math.log(Math.max(Number.MIN_VALUE, 1 - 2 * Math.abs(uniform)))
  );
}
