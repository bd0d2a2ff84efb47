/** The ballots that one person has cast, as the engine takes them. */
import type { Comparisons } from "../../../models/rewards/comparison.js";
import type { LengthRange } from "../../../models/steering/directives.js";
import type { Pool } from "./pools.js";

/** Texts differ by this much in the logarithm of their words where nothing is known. */
const LOG_DEVIATION = 0.6;

export class Ballots {
  count = 0;
  readonly #all: Comparisons;
  readonly #usual: number;
  readonly #choices: { readonly chosen: number; readonly other: number }[] = [];
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;

  constructor(
    private readonly pool: Pool,
    most: number,
  ) {
    this.#all = {
      count: most,
      featuresA: new Float32Array(most * pool.dimensions),
      featuresB: new Float32Array(most * pool.dimensions),
      outcomes: new Float32Array(most),
      positions: new Float32Array(most),
      weights: new Float32Array(most).fill(1),
    };
    const sorted = [...pool.words].sort((first, second) => first - second);
    this.#usual = sorted[Math.floor(sorted.length / 2)]!;
  }

  cast(a: number, b: number, outcome: number): void {
    const { dimensions, features, words } = this.pool;
    const { featuresA, featuresB, outcomes } = this.#all;
    const row = (at: number) => features.subarray(at * dimensions, (at + 1) * dimensions);
    featuresA.set(row(a), this.count * dimensions);
    featuresB.set(row(b), this.count * dimensions);
    outcomes[this.count] = outcome;
    if (outcome === 1) this.#choices.push({ chosen: a, other: b });
    else if (outcome === 0) this.#choices.push({ chosen: b, other: a });
    this.count++;
    this.#shortest = Math.min(this.#shortest, words[a]!, words[b]!);
    this.#longest = Math.max(this.#longest, words[a]!, words[b]!);
  }

  /** Which text was liked better in each ballot, and which was not; ties are left out. */
  choices(): { readonly chosen: number; readonly other: number }[] {
    return this.#choices;
  }

  comparisons(): Comparisons {
    const { featuresA, featuresB, outcomes, positions, weights } = this.#all;
    const end = this.count * this.pool.dimensions;
    return {
      count: this.count,
      featuresA: featuresA.subarray(0, end),
      featuresB: featuresB.subarray(0, end),
      outcomes: outcomes.subarray(0, this.count),
      positions: positions.subarray(0, this.count),
      weights: weights.subarray(0, this.count),
    };
  }

  get lengths(): LengthRange {
    const covered: LengthRange["covered"] =
      this.count === 0 ? [15, 400] : [this.#shortest, this.#longest];
    return { usual: this.#usual, covered, logDeviation: LOG_DEVIATION };
  }
}
