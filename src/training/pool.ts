/** Gathers people's comparisons into one block of arrays. What leaves it has no ids. */
import type { PooledComparisons } from "../../models/rewards/comparison.js";
import { MINIMUM_COMPARISONS_PER_MEMBER } from "../../models/training/not-enough-feedback.js";
import { emptyComparisons, writeComparisons } from "../members/engine-data.js";
import type { ComparisonRecord } from "../store/records.js";
import { capShares } from "./share-cap.js";

/** Everybody's comparisons: a member of these is a person, on however many servers. */
export interface Feedback {
  readonly comparisons: PooledComparisons;
  /** People with votes enough to take part. */
  readonly people: number;
}

export class Pool {
  readonly #arrays;
  readonly #personOf: Int32Array;
  readonly #trainedBefore: Uint8Array;
  #count = 0;
  #people = 0;
  #withEnough = 0;

  /** For `rows` comparisons at most, with D = `dimensions`. */
  constructor(
    rows: number,
    private readonly dimensions: number,
  ) {
    this.#arrays = emptyComparisons(rows, dimensions);
    this.#personOf = new Int32Array(rows);
    this.#trainedBefore = new Uint8Array(rows);
  }

  /**
   * The next person; each comes once. All `records` have D features. Those up to the time
   * `trainedUntil` are marked as known to the current base rewards.
   */
  add(records: readonly ComparisonRecord[], trainedUntil: number): void {
    const start = this.#count;
    writeComparisons(records, this.#arrays, start, this.dimensions);
    this.#personOf.fill(this.#people, start, start + records.length);
    records.forEach(({ at }, row) => {
      this.#trainedBefore[start + row] = at <= trainedUntil ? 1 : 0;
    });
    this.#people++;
    const ballots = records.filter(({ source }) => source !== "another").length;
    if (ballots >= MINIMUM_COMPARISONS_PER_MEMBER) this.#withEnough++;
    this.#count += records.length;
  }

  /** Everything that was added, nobody with more than their share. Ends the gathering. */
  feedback(): Feedback {
    const count = this.#count;
    const { another, featuresA, featuresB, outcomes, positions, weights } = this.#arrays;
    const comparisons = {
      count,
      members: this.#people,
      featuresA: cut(featuresA, count * this.dimensions),
      featuresB: cut(featuresB, count * this.dimensions),
      outcomes: cut(outcomes, count),
      positions: cut(positions, count),
      weights: cut(weights, count),
      another: cut(another, count),
      memberOf: cut(this.#personOf, count),
      trainedBefore: cut(this.#trainedBefore, count),
    };
    capShares(comparisons.weights, comparisons.memberOf, this.#people);
    return { comparisons, people: this.#withEnough };
  }
}

/** The first `length` values, in memory of their own: whoever gives the array away gives no more. */
function cut<Values extends Float32Array | Int32Array | Uint8Array>(
  values: Values,
  length: number,
): Values {
  return values.length === length ? values : (values.slice(0, length) as Values);
}
