/** Stored comparisons as the typed arrays that the preference engine takes. Knows no threads. */
import type { Comparisons } from "../../models/comparison.js";
import { decayWeights } from "../../models/vote-decay.js";
import type { ComparisonRecord } from "../storage/records.js";
import { featureCount, featuresFromText } from "../storage/vector-text.js";

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
  const count = usable.length;
  const comparisons = {
    count,
    featuresA: new Float32Array(count * dimensions),
    featuresB: new Float32Array(count * dimensions),
    outcomes: new Float32Array(count),
    positions: new Float32Array(count),
    weights: new Float32Array(count),
  };
  usable.forEach((record, row) => {
    comparisons.featuresA.set(featuresFromText(record.a), row * dimensions);
    comparisons.featuresB.set(featuresFromText(record.b), row * dimensions);
    comparisons.outcomes[row] = record.outcome;
    comparisons.positions[row] = POSITIONS[record.firstShown];
    comparisons.weights[row] = record.weight;
  });
  return comparisons;
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
