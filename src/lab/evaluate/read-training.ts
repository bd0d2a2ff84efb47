/** Reads the training comparisons of a data set: a million of them become four typed arrays. */
import { z } from "zod";
import type { TrainingPairs } from "./dataset.js";
import { DatasetError } from "./dataset-error.js";
import { GrowingArray } from "./growing-array.js";
import { forEachRecord, type Progress, type Refuse } from "./read-lines.js";

const COMPARISON = z.object({
  user: z.string().min(1),
  a: z.string(),
  b: z.string(),
  preferred: z.enum(["a", "b", "tie"]),
});

const OUTCOMES = { a: 1, b: 0, tie: 0.5 } as const;

export interface ReadTraining extends TrainingPairs {
  /** The index of each member by the name in the file. */
  readonly memberIndex: ReadonlyMap<string, number>;
}

/** Reads the comparisons in `file`, whose items are the keys of `rowOf`. Throws {@link DatasetError}. */
export async function readTraining(
  file: string,
  rowOf: ReadonlyMap<string, number>,
  onProgress: Progress,
): Promise<ReadTraining> {
  const memberIndex = new Map<string, number>();
  const memberOf = new GrowingArray((length) => new Int32Array(length));
  const a = new GrowingArray((length) => new Int32Array(length));
  const b = new GrowingArray((length) => new Int32Array(length));
  const outcomes = new GrowingArray((length) => new Float32Array(length));
  await forEachRecord(
    file,
    COMPARISON,
    (comparison, refuse) => {
      const pair = rowsOfPair(comparison.a, comparison.b, rowOf, refuse);
      const member = memberIndex.get(comparison.user) ?? memberIndex.size;
      memberIndex.set(comparison.user, member);
      memberOf.push(member);
      a.push(pair[0]);
      b.push(pair[1]);
      outcomes.push(OUTCOMES[comparison.preferred]);
    },
    onProgress,
  );
  if (memberOf.length === 0) throw new DatasetError(file, undefined, "there is no comparison.");
  return {
    members: memberIndex.size,
    count: memberOf.length,
    memberOf: memberOf.finish(),
    a: a.finish(),
    b: b.finish(),
    outcomes: outcomes.finish(),
    memberIndex,
  };
}

/** The rows of two different items. */
export function rowsOfPair(
  a: string,
  b: string,
  rowOf: ReadonlyMap<string, number>,
  refuse: Refuse,
): readonly [number, number] {
  if (a === b) refuse(`item "${a}" is compared with itself: take the comparison out.`);
  const row = (id: string) =>
    rowOf.get(id) ?? refuse(`item "${id}" is unknown: it is not among the items.`);
  return [row(a), row(b)];
}
