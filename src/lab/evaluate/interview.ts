/**
 * Asks one new user question after question, as ballots do: the pair is selected by an acquisition,
 * the answer re-estimates the user weights. Knows no test pairs.
 */
import { type Acquisition, selectPair } from "../../../models/acquisition/search.js";
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { membersAgree } from "../../../models/rewards/personal-share.js";
import {
  fitUserWeights,
  priorUserWeights,
  type UserWeights,
} from "../../../models/rewards/user-weights.js";
import { decayWeights } from "../../../models/rewards/vote-decay.js";
import type { LabelledPairs } from "./dataset.js";

/**
 * Asks one user: yields their weights after no answer and then after more and more, not necessarily
 * after every one. `baseRewards` is φ of all items, [items, J].
 */
export type Interviewer = (
  model: BaseRewardModel,
  baseRewards: Float64Array,
  pool: LabelledPairs,
  random: RandomGenerator,
) => Generator<UserWeights, void>;

/** What happens to a taste in time, and what is done about it. */
export interface Drift {
  /** After this many answers the taste is turned round: every later answer is the other one. */
  readonly changeAt?: number;
  /** A vote counts half after this many later votes; all count the same if not given. */
  readonly halfLife?: number;
}

export interface InterviewOptions extends Drift {
  readonly acquisition: Acquisition;
  /** For acquisitions that draw. */
  readonly random: RandomGenerator;
}

/**
 * The user weights after 0, 1, 2 … answers, until every pair of `pool` was asked once or no pair is
 * left whose responses differ in φ; nothing is asked if members agree. `baseRewards` is φ of all items, [items, J].
 */
export function* interview(
  model: BaseRewardModel,
  baseRewards: Float64Array,
  pool: LabelledPairs,
  { acquisition, changeAt = Number.POSITIVE_INFINITY, halfLife, random }: InterviewOptions,
): Generator<UserWeights, void> {
  const { rank } = model;
  const candidates = candidatesOf(pool, baseRewards, rank);
  const differences = new Float64Array(pool.count * rank);
  const outcomes = new Float64Array(pool.count);
  const weights = new Float32Array(pool.count).fill(1);
  const positions = new Float64Array(pool.count);
  const { differenceVariances, positionBias, prior } = model;
  const answers = { rank, differences, outcomes, weights, positions, positionBias, prior };
  const open = createOpenPairs(candidates.pairs);
  let userWeights = priorUserWeights(model);
  yield userWeights;
  if (membersAgree(model)) return;
  for (let asked = 0; asked < pool.count; asked++) {
    const pair = selectPair(candidates.baseRewards, candidates.count, userWeights, acquisition, {
      pairs: open.pairs,
      differenceVariances,
      random,
    });
    if (pair === null) return;
    for (let axis = 0; axis < rank; axis++) {
      differences[asked * rank + axis] =
        candidates.baseRewards[pair.a * rank + axis]! -
        candidates.baseRewards[pair.b * rank + axis]!;
    }
    const answer = pool.outcomes[open.take(pair.a, pair.b)]!;
    outcomes[asked] = asked < changeAt ? answer : 1 - answer;
    const count = asked + 1;
    const aged = halfLife && { weights: decayWeights(weights.subarray(0, count), halfLife) };
    const fitted = fitUserWeights({ ...answers, ...aged, count });
    userWeights = { ...fitted, votes: count, modelVersion: model.version };
    yield userWeights;
  }
}

/** Never asks: everybody keeps the average member's weights. */
export const askNothing: Interviewer = function* askNothing(model) {
  yield priorUserWeights(model);
};

/** The same pairs with the opposite taste. */
export function turned(pairs: LabelledPairs): LabelledPairs {
  return { ...pairs, outcomes: pairs.outcomes.map((outcome) => 1 - outcome) };
}

interface Candidates {
  readonly count: number;
  /** φ of the pool's items alone, [n, J]. */
  readonly baseRewards: Float64Array;
  /** The pool's pairs as rows of these, [m, 2]. */
  readonly pairs: Int32Array;
}

function candidatesOf(pool: LabelledPairs, baseRewards: Float64Array, rank: number): Candidates {
  const rowOf = new Map<number, number>();
  const pairs = new Int32Array(2 * pool.count);
  const row = (item: number) => {
    if (!rowOf.has(item)) rowOf.set(item, rowOf.size);
    return rowOf.get(item)!;
  };
  for (let pair = 0; pair < pool.count; pair++) {
    pairs[2 * pair] = row(pool.a[pair]!);
    pairs[2 * pair + 1] = row(pool.b[pair]!);
  }
  const own = new Float64Array(rowOf.size * rank);
  for (const [item, to] of rowOf) {
    own.set(baseRewards.subarray(item * rank, (item + 1) * rank), to * rank);
  }
  return { count: rowOf.size, baseRewards: own, pairs };
}

/** The pairs that were not asked yet. */
function createOpenPairs(all: Int32Array) {
  const pairs = all.slice();
  const indices = Int32Array.from({ length: all.length / 2 }, (_, index) => index);
  let count = indices.length;
  return {
    get pairs() {
      return pairs.subarray(0, 2 * count);
    },
    /** Takes the pair (a, b) out and returns its index in `all`. */
    take(a: number, b: number): number {
      let at = 0;
      while (pairs[2 * at] !== a || pairs[2 * at + 1] !== b) at++;
      const index = indices[at]!;
      count--;
      // Moving the others up keeps their order, so that ties between pairs do not depend on the past.
      pairs.copyWithin(2 * at, 2 * at + 2, 2 * count + 2);
      indices.copyWithin(at, at + 1, count + 1);
      return index;
    },
  };
}
