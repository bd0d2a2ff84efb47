/** What predictions are scored by. Knows no models. */

/** A mean over people with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
  readonly people: number;
}

/**
 * The ROC AUC: how often a pair with outcome 1 has the higher score than one with outcome 0, equal
 * scores half. Pairs with outcome ½ take no part. Undefined if either outcome is missing.
 * O(n log n), by ranks.
 */
export function rocAuc(scores: Float64Array, outcomes: ArrayLike<number>): number | undefined {
  const order = Uint32Array.from(scores.keys())
    .filter((row) => outcomes[row] !== 0.5)
    .sort((x, y) => scores[x]! - scores[y]!);
  let positives = 0;
  let rankSum = 0;
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && scores[order[end]!] === scores[order[first]!]) end++;
    // Equal scores share the mean of their ranks, which are counted from 1.
    const rank = (first + 1 + end) / 2;
    for (; first < end; first++) {
      if (outcomes[order[first]!] !== 1) continue;
      positives++;
      rankSum += rank;
    }
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean and standard error of `values`; of a single one the error is not known and 0. */
export function estimateOf(values: readonly number[]): Estimate {
  const people = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / people;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = people > 1 ? Math.sqrt(squares / (people - 1) / people) : 0;
  return { mean, standardError, people };
}

const BINS = 10;

/** Collects predicted probabilities with what came true. */
export class Calibration {
  readonly #counts = new Float64Array(BINS);
  readonly #probabilities = new Float64Array(BINS);
  readonly #outcomes = new Float64Array(BINS);

  add(probability: number, outcome: number): void {
    const bin = Math.min(BINS - 1, Math.floor(probability * BINS));
    this.#counts[bin]! += 1;
    this.#probabilities[bin]! += probability;
    this.#outcomes[bin]! += outcome;
  }

  /** Takes over all predictions of `other`. */
  addAll(other: Calibration): void {
    for (let bin = 0; bin < BINS; bin++) {
      this.#counts[bin]! += other.#counts[bin]!;
      this.#probabilities[bin]! += other.#probabilities[bin]!;
      this.#outcomes[bin]! += other.#outcomes[bin]!;
    }
  }

  /**
   * The expected calibration error: mean over ten bins of equal width, weighted by their number of
   * predictions, of |mean probability − share that came true|.
   */
  expectedError(): number {
    let error = 0;
    let total = 0;
    for (let bin = 0; bin < BINS; bin++) {
      error += Math.abs(this.#probabilities[bin]! - this.#outcomes[bin]!);
      total += this.#counts[bin]!;
    }
    return total > 0 ? error / total : 0;
  }
}
