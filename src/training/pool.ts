/** Gathers members' comparisons into one block of arrays. What leaves it has no ids. */
import type { PooledComparisons } from "../../models/comparison.js";
import { emptyComparisons, writeComparisons } from "../profiles/stored-comparisons.js";
import type { ComparisonRecord, MemberKey } from "../storage/records.js";
import { capShares } from "./share-cap.js";

export interface Feedback {
  readonly comparisons: PooledComparisons;
  /** Distinct people; one person on two servers is one. */
  readonly people: number;
}

export class Pool {
  readonly #arrays;
  readonly #memberOf: Int32Array;
  readonly #personOf: Int32Array;
  readonly #people = new Map<string, number>();
  #count = 0;
  #members = 0;

  /** For `rows` comparisons at most, with D = `dimensions`. */
  constructor(
    rows: number,
    private readonly dimensions: number,
  ) {
    this.#arrays = emptyComparisons(rows, dimensions);
    this.#memberOf = new Int32Array(rows);
    this.#personOf = new Int32Array(rows);
  }

  /** The next member; each comes once. All `records` have D features. */
  add({ memberId }: MemberKey, records: readonly ComparisonRecord[]): void {
    const person = this.#people.get(memberId) ?? this.#people.size;
    this.#people.set(memberId, person);
    const end = this.#count + records.length;
    writeComparisons(records, this.#arrays, this.#count, this.dimensions);
    this.#memberOf.fill(this.#members, this.#count, end);
    this.#personOf.fill(person, this.#count, end);
    this.#members++;
    this.#count = end;
  }

  /** Everything that was added, nobody with more than their share. Ends the gathering. */
  feedback(): Feedback {
    const count = this.#count;
    const { featuresA, featuresB, outcomes, positions, weights } = this.#arrays;
    const comparisons = {
      count,
      members: this.#members,
      featuresA: cut(featuresA, count * this.dimensions),
      featuresB: cut(featuresB, count * this.dimensions),
      outcomes: cut(outcomes, count),
      positions: cut(positions, count),
      weights: cut(weights, count),
      memberOf: cut(this.#memberOf, count),
    };
    capShares(comparisons.weights, cut(this.#personOf, count), this.#people.size);
    return { comparisons, people: this.#people.size };
  }
}

/** The first `length` values, in memory of their own: whoever gives the array away gives no more. */
function cut<Values extends Float32Array | Int32Array>(values: Values, length: number): Values {
  return values.length === length ? values : (values.slice(0, length) as Values);
}
