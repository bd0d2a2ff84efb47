/**
 * The gate: whether new base rewards may replace the current ones. Knows only how well both
 * predicted the same members.
 */
import type { HeldOutScore, MemberScore } from "./held-out.js";
import { meanOf } from "./paired.js";

/** How well a model predicts members it was not trained on, from the votes they answered. */
export interface HeldOutFigures {
  /** Mean per held-out comparison in nats, negative; −ln 2 = −0.693 is guessing. */
  readonly logLikelihood: number;
  /** Share of held-out comparisons predicted right, 0 to 1. */
  readonly accuracy: number;
  readonly comparisons: number;
  readonly members: number;
}

/** A mean over members with its 95% interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface Verdict {
  readonly current: HeldOutFigures;
  readonly candidate: HeldOutFigures;
  /** Candidate minus current, nats per comparison. */
  readonly difference: Interval;
  readonly adopted: boolean;
  /** Why, in one sentence for people. */
  readonly reason: string;
}

/**
 * Compares two models on the same members. The candidate passes when its likelihood is better than
 * the current one's and than guessing, both beyond chance: the 95% intervals over members lie above 0.
 */
export function judge(
  current: ReadonlyMap<number, HeldOutScore>,
  candidate: ReadonlyMap<number, HeldOutScore>,
): Verdict {
  const members = [...candidate.keys()];
  const before = members.map((member) => current.get(member)!.all);
  const after = members.map((member) => candidate.get(member)!.all);
  const difference = intervalOf(
    after.map((score, at) => score.logLikelihood - before[at]!.logLikelihood),
  );
  const overGuessing = intervalOf(after.map((score) => score.logLikelihood + Math.LN2));
  const adopted = difference.low > 0 && overGuessing.low > 0;
  return {
    current: figuresOf(before),
    candidate: figuresOf(after),
    difference,
    adopted,
    reason: explain(difference, overGuessing, members.length),
  };
}

function explain(difference: Interval, overGuessing: Interval, members: number): string {
  const on = `on ${members} members that were held out`;
  if (overGuessing.low <= 0) {
    return `The new base rewards were not adopted: ${on} they predict no better than guessing, so the votes so far show no taste that members share.`;
  }
  const range = `by ${inNats(difference.mean)} (95% interval ${inNats(difference.low)} to ${inNats(difference.high)})`;
  if (difference.low > 0) {
    return `The new base rewards were adopted: ${on} their log-likelihood per vote is better ${range}.`;
  }
  if (difference.mean > 0) {
    return `The new base rewards were not adopted: ${on} their log-likelihood per vote is better only ${range}, which can be chance.`;
  }
  return `The new base rewards were not adopted: ${on} their log-likelihood per vote differs from the present one's ${range}.`;
}

function inNats(value: number): string {
  return value.toFixed(4);
}

function figuresOf(scores: readonly MemberScore[]): HeldOutFigures {
  const mean = (pick: (score: MemberScore) => number) =>
    scores.reduce((sum, score) => sum + pick(score), 0) / scores.length;
  return {
    logLikelihood: mean((score) => score.logLikelihood),
    accuracy: mean((score) => score.accuracy),
    comparisons: scores.reduce((sum, score) => sum + score.comparisons, 0),
    members: scores.length,
  };
}

/** Student's interval over members, each of whom counts the same. */
function intervalOf(values: readonly number[]): Interval {
  const { mean, standardError } = meanOf(values);
  const half = studentQuantile(values.length - 1) * standardError;
  return { mean, low: mean - half, high: mean + half };
}

/** The 97.5% quantile of Student's t, by Cornish and Fisher's expansion; 4 freedoms: 2.77. */
function studentQuantile(freedoms: number): number {
  const z = 1.959964;
  const f = Math.max(1, freedoms);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / f + second / f ** 2 + third / f ** 3;
}
