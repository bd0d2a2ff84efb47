/** Stored comparisons and weights as the typed arrays of the preference engine, and back. Knows no threads. */
import type { Comparisons } from "../../models/rewards/comparison.js";
import type { UserWeights } from "../../models/rewards/user-weights.js";
import { decayWeights } from "../../models/rewards/vote-decay.js";
import type { ComparisonRecord, ProfileRecord } from "../store/records.js";
import {
  featureCount,
  lowerTriangleFromText,
  lowerTriangleToText,
  numbersFromText,
  numbersToText,
  writeFeatures,
} from "../store/vector-text.js";

const POSITIONS = { a: 1, b: -1, neither: 0 } as const;

/** Whether a record is of `encoderId` and has as many features as that encoder gives. */
export function isUsable(
  { a, b, encoder }: ComparisonRecord,
  encoderId: string,
  dimensions: number,
): boolean {
  return encoder === encoderId && featureCount(a) === dimensions && featureCount(b) === dimensions;
}

/**
 * The records of `encoderId`, in order, as one block of arrays with D = `dimensions` features a row.
 * Records of other encoders are left out: their features mean something else.
 */
export function toComparisons(
  records: readonly ComparisonRecord[],
  encoderId: string,
  dimensions: number,
): Comparisons {
  const usable = records.filter((record) => isUsable(record, encoderId, dimensions));
  const comparisons = emptyComparisons(usable.length, dimensions);
  writeComparisons(usable, comparisons, 0, dimensions);
  return comparisons;
}

/** Comparisons that say which of them came by "another answer". */
type MarkedComparisons = Comparisons & Required<Pick<Comparisons, "another">>;

/** Room for `count` comparisons with D = `dimensions` features a response. */
export function emptyComparisons(count: number, dimensions: number): MarkedComparisons {
  return {
    count,
    featuresA: new Float32Array(count * dimensions),
    featuresB: new Float32Array(count * dimensions),
    outcomes: new Float32Array(count),
    positions: new Float32Array(count),
    weights: new Float32Array(count),
    another: new Uint8Array(count),
  };
}

/** Writes `records`, which all have D = `dimensions` features, from the row `first` on. */
export function writeComparisons(
  records: readonly ComparisonRecord[],
  comparisons: MarkedComparisons,
  first: number,
  dimensions: number,
): void {
  records.forEach((record, at) => {
    const row = first + at;
    writeFeatures(record.a, comparisons.featuresA, row * dimensions);
    writeFeatures(record.b, comparisons.featuresB, row * dimensions);
    comparisons.outcomes[row] = record.outcome;
    comparisons.positions[row] = POSITIONS[record.firstShown];
    comparisons.weights[row] = record.weight;
    if (record.source === "another") comparisons.another[row] = 1;
  });
}

/**
 * The same for the records of one member, oldest first, whose votes count less with age: half after
 * `halfLife` later ones. For this member's weights alone: base rewards are learned from every vote.
 */
export function toAgedComparisons(
  records: readonly ComparisonRecord[],
  encoderId: string,
  dimensions: number,
  halfLife: number,
): Comparisons {
  const comparisons = toComparisons(records, encoderId, dimensions);
  return { ...comparisons, weights: decayWeights(comparisons.weights, halfLife) };
}

/** `userWeights` ready to be stored. `stale` says that a comparison is missing in them. */
export function recordOfWeights(
  userWeights: UserWeights,
  stale: boolean,
  updatedAt: number,
): ProfileRecord {
  const { weights, cholesky, votes, modelVersion } = userWeights;
  return {
    weights: numbersToText(weights),
    cholesky: lowerTriangleToText(cholesky, weights.length),
    votes,
    modelVersion,
    stale,
    updatedAt,
  };
}

/** The weights that {@link recordOfWeights} stored, exactly. Throws `VectorTextError`. */
export function weightsOfRecord(record: ProfileRecord): UserWeights {
  const weights = numbersFromText(record.weights);
  return {
    weights,
    cholesky: lowerTriangleFromText(record.cholesky, weights.length),
    votes: record.votes,
    modelVersion: record.modelVersion,
  };
}
