import { describe, expect, it } from "vitest";
import { ACQUISITIONS } from "../../../models/acquisition/scores.js";
import {
  type Acquisition,
  type SelectedPair,
  selectPair,
} from "../../../models/acquisition/search.js";
import { squaredDistance, whiten } from "../../../models/acquisition/whitening.js";
import { cholesky } from "../../../models/algebra/linear-algebra.js";
import { createRandomGenerator, type RandomGenerator } from "../../../models/algebra/random.js";
import type { UserWeights } from "../../../models/rewards/user-weights.js";
import { randomMatrix, randomRotation } from "../../support/random-problems.js";
import { type PairProblem, textbookScore } from "../../support/textbook-acquisitions.js";

type Scored = Exclude<Acquisition, "random">;

const SCORED = Object.keys(ACQUISITIONS).filter((name) => name !== "random") as Scored[];
const PROBLEMS = 800;
/** How near, relative to the best, and near nothing: where even the best score is one. */
const NEAR = 1e-6;
const NOTHING = 1e-290;
/** The mutual information is an integral by few nodes, or made of tails that are known to 1e-7. */
const NEAR_BALD = 1e-4;
const NOTHING_BALD = 1e-6;

describe("the pair to ask about", () => {
  it.each(SCORED)("is the best of all by %s", (acquisition) => {
    const random = createRandomGenerator(1);
    for (let repetition = 0; repetition < PROBLEMS; repetition++) {
      const { problem, userWeights } = drawProblem(random);
      const { baseRewards, count, differenceVariances } = problem;
      const pairs: [number, number][] = [];
      for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) pairs.push([a, b]);
      const options = { differenceVariances };
      const chosen = selectPair(baseRewards, count, userWeights, acquisition, options)!;
      expectBest(chosen, problem, pairs, acquisition);
    }
  });

  it.each(SCORED)("is the best of the given ones by %s", (acquisition) => {
    const random = createRandomGenerator(2);
    for (let repetition = 0; repetition < PROBLEMS; repetition++) {
      const { problem, userWeights } = drawProblem(random);
      const { baseRewards, count, differenceVariances } = problem;
      const draw = () => Math.floor(random() * count);
      // Either way round, some of them twice, and some of a candidate with itself.
      const drawn = Array.from({ length: 12 }, (): [number, number] => [draw(), draw()]);
      const pairs = drawn.filter(([a, b]) => a !== b);
      const given = Int32Array.from(drawn.flat());
      const options = { differenceVariances, pairs: given };
      const chosen = selectPair(baseRewards, count, userWeights, acquisition, options);
      if (pairs.length === 0) expect(chosen).toBeNull();
      else expectBest(chosen!, problem, pairs, acquisition);
    }
  });

  it.each(SCORED)("is never shut out by the bounds of %s", (acquisition) => {
    const random = createRandomGenerator(7);
    const rounding = 1 + 1e-9;
    for (let repetition = 0; repetition < 200; repetition++) {
      const { problem, userWeights } = drawProblem(random);
      const { count, differenceVariances, rank } = problem;
      const candidates = whiten(problem.baseRewards, count, userWeights);
      const worth = ACQUISITIONS[acquisition](candidates, { differenceVariances });
      for (let a = 0; a < count; a++) {
        for (let b = a + 1; b < count; b++) {
          const distance = squaredDistance(worth.points, rank, a, b);
          const variance = squaredDistance(candidates.whitened, rank, a, b);
          const mean = candidates.rewards[a]! - candidates.rewards[b]!;
          const score = worth.score(distance, variance, mean);
          const most = worth.atMost?.(distance, variance, mean) ?? Number.POSITIVE_INFINITY;
          expect(score).toBeLessThanOrEqual(most * rounding);
          expect(worth.distanceFor(score)).toBeLessThanOrEqual(distance * rounding);
        }
      }
    }
  });

  it("is found where all candidates share a huge base reward that tells nothing", () => {
    const random = createRandomGenerator(3);
    for (const acquisition of SCORED) {
      const { problem, userWeights } = drawProblem(random, { scale: 1 });
      const { baseRewards, count } = problem;
      // A power of two leaves the differences as they are but for their last bits.
      const shifted = baseRewards.map((value) => value + 2 ** 20);
      const [near, far] = [baseRewards, shifted].map(
        (own) => selectPair(own, count, userWeights, acquisition)!,
      );
      expect([far!.a, far!.b]).toEqual([near!.a, near!.b]);
      expect(far!.score).toBeCloseTo(near!.score, 6);
    }
  });

  it.each(SCORED)("is the first one among equals by %s", (acquisition) => {
    const random = createRandomGenerator(4);
    for (let repetition = 0; repetition < 100; repetition++) {
      const { problem, userWeights } = drawProblem(random, { scale: 1 });
      const { baseRewards, count } = problem;
      const chosen = selectPair(baseRewards, count, userWeights, acquisition)!;
      // The same candidates a second time.
      const twice = Float64Array.from([...baseRewards, ...baseRewards]);
      const again = selectPair(twice, 2 * count, userWeights, acquisition)!;
      expect([again.a, again.b]).toEqual([chosen.a, chosen.b]);
    }
  });

  it("is none where all candidates are alike", () => {
    const userWeights = {
      weights: new Float64Array(2),
      cholesky: Float64Array.from([1, 0, 0, 1]),
      votes: 0,
      modelVersion: "",
    };
    for (const acquisition of SCORED) {
      expect(selectPair(new Float64Array(8).fill(3), 4, userWeights, acquisition)).toBeNull();
      expect(selectPair(new Float64Array(2), 1, userWeights, acquisition)).toBeNull();
    }
  });

  it("is any of them with the same chance by random, which wants a generator", () => {
    const random = createRandomGenerator(6);
    const { problem, userWeights } = drawProblem(random, { scale: 1, count: 4 });
    const times = new Map<string, number>();
    for (let repetition = 0; repetition < 6_000; repetition++) {
      const { a, b } = selectPair(problem.baseRewards, 4, userWeights, "random", { random })!;
      times.set(`${a} ${b}`, (times.get(`${a} ${b}`) ?? 0) + 1);
    }
    expect(times.size).toBe(6);
    for (const count of times.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    expect(() => selectPair(problem.baseRewards, 4, userWeights, "random")).toThrow(/generator/);
  });

  it("tells about all base rewards alike where the model does not say how they differ", () => {
    const random = createRandomGenerator(8);
    for (let repetition = 0; repetition < 100; repetition++) {
      const { problem, userWeights } = drawProblem(random, { scale: 1 });
      const { baseRewards, count, rank } = problem;
      const alike = { differenceVariances: new Float64Array(rank).fill(1) };
      const chosen = selectPair(baseRewards, count, userWeights, "variance");
      expect(chosen).toEqual(selectPair(baseRewards, count, userWeights, "variance", alike));
    }
  });

  it("shrinks the ellipsoid more than a pair at random, vote after vote", () => {
    const random = createRandomGenerator(5);
    let [chosenVolume, randomVolume] = [0, 0];
    for (let repetition = 0; repetition < 50; repetition++) {
      const rank = 4;
      const baseRewards = randomMatrix(random, 12 * rank);
      chosenVolume += logVolumeAfter("ellipsoid", baseRewards, rank, random);
      randomVolume += logVolumeAfter("random", baseRewards, rank, random);
    }
    expect(chosenVolume).toBeLessThan(randomVolume);
  });
});

/**
 * H = Q diag(d) Qᵀ with d over up to eight powers of ten, candidates of 1e-3 to 1e6, and logits from
 * nothing to far beyond what can be told from certainty.
 */
function drawProblem(
  random: RandomGenerator,
  { scale = 10 ** (random() * 9 - 3), count = 2 + Math.floor(random() * 7) } = {},
): { problem: PairProblem; userWeights: UserWeights } {
  const rank = 1 + Math.floor(random() * 6);
  const rotation = randomRotation(random, rank);
  const spread = 4 * random();
  const eigenvalues = Array.from({ length: rank }, () => 10 ** (spread * (2 * random() - 1)));
  const product = (values: readonly number[]) =>
    Float64Array.from({ length: rank * rank }, (_, at) => {
      const [row, column] = [Math.floor(at / rank), at % rank];
      return values.reduce(
        (sum, value, k) => sum + value * rotation[row * rank + k]! * rotation[column * rank + k]!,
        0,
      );
    });
  const votes = Math.floor(10 * random());
  const weights = randomMatrix(random, rank, 10 ** (random() * 2 - 1) / scale ** random());
  return {
    problem: {
      rank,
      count,
      votes,
      baseRewards: randomMatrix(random, count * rank, scale),
      weights,
      inverse: product(eigenvalues.map((value) => 1 / value)),
      differenceVariances: randomMatrix(random, rank).map((value) => value ** 2),
    },
    userWeights: {
      weights,
      cholesky: cholesky(product(eigenvalues), rank),
      votes,
      modelVersion: "",
    },
  };
}

function expectBest(
  chosen: SelectedPair,
  problem: PairProblem,
  pairs: readonly (readonly [number, number])[],
  acquisition: Scored,
): void {
  const score = (a: number, b: number) => textbookScore(problem, acquisition, a, b);
  const best = Math.max(...pairs.map(([a, b]) => score(a, b)));
  const own = score(chosen.a, chosen.b);
  const tolerance = toleranceOf(acquisition, best);
  expect(chosen.a).not.toBe(chosen.b);
  expect(own).toBeGreaterThanOrEqual(best - tolerance);
  expect(Math.abs(chosen.score - best)).toBeLessThanOrEqual(tolerance);
}

function toleranceOf(acquisition: Scored, best: number): number {
  return acquisition === "bald" ? NEAR_BALD * best + NOTHING_BALD : NEAR * best + NOTHING;
}

/** −½ log det H after five answers with σ′ = ¼. */
function logVolumeAfter(
  acquisition: Acquisition,
  baseRewards: Float64Array,
  rank: number,
  random: () => number,
): number {
  const hessian = new Float64Array(rank * rank);
  for (let axis = 0; axis < rank; axis++) hessian[axis * rank + axis] = 1;
  const weights = new Float64Array(rank);
  for (let vote = 0; vote < 5; vote++) {
    const userWeights = {
      weights,
      cholesky: cholesky(hessian, rank),
      votes: vote,
      modelVersion: "",
    };
    const { a, b } = selectPair(baseRewards, 12, userWeights, acquisition, { random })!;
    const z = weights.map((_, k) => baseRewards[a * rank + k]! - baseRewards[b * rank + k]!);
    for (let row = 0; row < rank; row++) {
      for (let column = 0; column < rank; column++) {
        hessian[row * rank + column]! += (z[row]! * z[column]!) / 4;
      }
    }
  }
  const factor = cholesky(hessian, rank);
  return -Array.from({ length: rank }, (_, k) => Math.log(factor[k * rank + k]!)).reduce(
    (sum, value) => sum + value,
  );
}
