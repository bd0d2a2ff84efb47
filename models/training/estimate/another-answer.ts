/**
 * The position bias and the scale of votes by "another answer": the most likely ones given what ballots
 * say of each person's taste, shrunk to those of ballots. Knows nothing of how base rewards are learned.
 */
import { BIAS_DEVIATION, MOST_BIAS, SCALE_DEVIATION } from "../../rewards/another-answer.js";
import type { AnotherAnswer } from "../../rewards/base-rewards.js";
import { sigmoid, softplus } from "../../rewards/user-weights-objective.js";

/** Votes by "another answer", and what ballots say of them. */
export interface AnotherVotes {
  /** m = λ̂ᵀz of each vote, [n]. */
  readonly means: ArrayLike<number>;
  /** v = zᵀH⁻¹z, [n]: how little is known of λᵀz. */
  readonly variances: ArrayLike<number>;
  /** c, [n]: 1 if a was preferred, 0.5 for a tie, 0 if b was. */
  readonly outcomes: ArrayLike<number>;
  /** p, [n]: +1 if a was shown first, -1 if b was. */
  readonly positions: ArrayLike<number>;
  /** w, [n]. */
  readonly weights: ArrayLike<number>;
  /** b₀, that of ballots. */
  readonly ballotBias: number;
}

/** The objective with its derivatives by (b, s). */
export interface AnotherExpansion {
  readonly objective: number;
  /** ∂/∂b, ∂/∂s. */
  readonly gradient: readonly [number, number];
  /** ∂²/∂b², ∂²/∂b∂s, ∂²/∂s². */
  readonly hessian: readonly [number, number, number];
}

/** Of MacKay's approximation of a logistic averaged over a normal. */
const ALPHA = Math.PI / 8;
const MOST_STEPS = 100;
const MOST_DAMPINGS = 40;
const SMALLEST_SLOPE = 1e-9;
/** The objective need not be convex in s, so the search begins twice. */
const STARTS = [1, 0.25];

/**
 * f(b, s) = Σ w [softplus(η) − c η] + ½ (b − b₀)² / σ_b² + ½ (s − 1)² / σ_s², with
 * η = (s m + b p) / √(1 + π s² v / 8), which averages the logistic over λ ~ N(λ̂, H⁻¹).
 */
export function expandAnother(
  votes: AnotherVotes,
  { positionBias: bias, scale }: AnotherAnswer,
): AnotherExpansion {
  const { means, variances, outcomes, positions, weights, ballotBias } = votes;
  const [pullB, pullS] = [BIAS_DEVIATION ** -2, SCALE_DEVIATION ** -2];
  let objective = (pullB * (bias - ballotBias) ** 2 + pullS * (scale - 1) ** 2) / 2;
  let [slopeB, slopeS] = [pullB * (bias - ballotBias), pullS * (scale - 1)];
  let [bendBB, bendBS, bendSS] = [pullB, 0, pullS];
  for (let row = 0; row < means.length; row++) {
    const [mean, position, spread] = [means[row]!, positions[row]!, ALPHA * variances[row]!];
    const raw = scale * mean + bias * position;
    // k = (1 + αs²v)^−½ with its first two derivatives by s.
    const k = 1 / Math.sqrt(1 + spread * scale ** 2);
    const k1 = -spread * scale * k ** 3;
    const k2 = -spread * k ** 3 + 3 * (spread * scale) ** 2 * k ** 5;
    const logit = k * raw;
    const [byB, byS] = [k * position, k * mean + k1 * raw];
    const likely = sigmoid(logit);
    const slope = weights[row]! * (likely - outcomes[row]!);
    const curvature = weights[row]! * likely * (1 - likely);
    objective += weights[row]! * (softplus(logit) - outcomes[row]! * logit);
    slopeB += slope * byB;
    slopeS += slope * byS;
    bendBB += curvature * byB ** 2;
    bendBS += curvature * byB * byS + slope * k1 * position;
    bendSS += curvature * byS ** 2 + slope * (2 * k1 * mean + k2 * raw);
  }
  return { objective, gradient: [slopeB, slopeS], hessian: [bendBB, bendBS, bendSS] };
}

/**
 * b and s for `votes`. The scale is what is sure of it: a standard error below the most likely one; the
 * bias is the most likely one at that scale. Without votes: b₀ and 1 − σ_s.
 */
export function fitAnotherAnswer(votes: AnotherVotes): AnotherAnswer {
  const found = STARTS.map((scale) =>
    descend(votes, { positionBias: votes.ballotBias, scale }, [true, true]),
  );
  const [first, second] = found as [AnotherAnswer, AnotherAnswer];
  const objectiveAt = (at: AnotherAnswer) => expandAnother(votes, at).objective;
  const likeliest = objectiveAt(second) < objectiveAt(first) ? second : first;
  const [bendBB, bendBS, bendSS] = expandAnother(votes, likeliest).hessian;
  const information = Math.max(bendSS - bendBS ** 2 / bendBB, SCALE_DEVIATION ** -2);
  const scale = Math.max(0, likeliest.scale - 1 / Math.sqrt(information));
  return descend(votes, { ...likeliest, scale }, [true, false]);
}

/**
 * The lowest point from `start` on inside of the bounds, of those that are `free` among (b, s): Newton's
 * method, damped until the objective falls.
 */
function descend(
  votes: AnotherVotes,
  start: AnotherAnswer,
  free: readonly [boolean, boolean],
): AnotherAnswer {
  let at = start;
  let here = expandAnother(votes, at);
  let damping = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const moving = movable(votes, at, here, free);
    const left = here.gradient.map((slope, index) => (moving[index] ? Math.abs(slope) : 0));
    if (Math.max(...left) < SMALLEST_SLOPE) break;
    let fell = false;
    for (let trial = 0; trial < MOST_DAMPINGS && !fell; trial++) {
      const next = bounded(votes, at, newtonStep(here, moving, damping));
      const there = next && expandAnother(votes, next);
      fell = there !== undefined && there.objective < here.objective;
      if (fell) [at, here] = [next!, there!];
      damping = fell ? damping / 10 : Math.max(1e-3, 4 * damping);
    }
    if (!fell) break;
  }
  return at;
}

/** What is free and not held back by a bound that it pushes against. */
function movable(
  { ballotBias }: AnotherVotes,
  { positionBias, scale }: AnotherAnswer,
  { gradient: [slopeB, slopeS] }: AnotherExpansion,
  [freeB, freeS]: readonly [boolean, boolean],
): [boolean, boolean] {
  const away = positionBias - ballotBias;
  const heldB = (away >= MOST_BIAS && slopeB < 0) || (away <= -MOST_BIAS && slopeB > 0);
  const heldS = (scale >= 1 && slopeS < 0) || (scale <= 0 && slopeS > 0);
  return [freeB && !heldB, freeS && !heldS];
}

/** Undefined where the damped Hessian is not positive definite. */
function newtonStep(
  { gradient: [slopeB, slopeS], hessian }: AnotherExpansion,
  [movesB, movesS]: readonly [boolean, boolean],
  damping: number,
): [number, number] | undefined {
  const [bendBB, bendBS, bendSS] = [hessian[0] + damping, hessian[1], hessian[2] + damping];
  if (!movesS) return bendBB > 0 ? [slopeB / bendBB, 0] : undefined;
  if (!movesB) return bendSS > 0 ? [0, slopeS / bendSS] : undefined;
  const determinant = bendBB * bendSS - bendBS ** 2;
  if (!(bendBB > 0 && determinant > 0)) return undefined;
  return [
    (bendSS * slopeB - bendBS * slopeS) / determinant,
    (bendBB * slopeS - bendBS * slopeB) / determinant,
  ];
}

function bounded(
  { ballotBias }: AnotherVotes,
  { positionBias, scale }: AnotherAnswer,
  step: readonly [number, number] | undefined,
): AnotherAnswer | undefined {
  if (step === undefined) return undefined;
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  return {
    positionBias: clamp(positionBias - step[0], ballotBias - MOST_BIAS, ballotBias + MOST_BIAS),
    scale: clamp(scale - step[1], 0, 1),
  };
}
