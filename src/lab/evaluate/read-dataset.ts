/** Reads a data set from its folder. The format is described in docs/evaluation-data.md. */
import type { Dataset, NewUser } from "./dataset.js";
import { findDatasetFiles } from "./dataset-files.js";
import type { ItemEncoder } from "./item-encoders.js";
import { readItems } from "./read-items.js";
import { readNewUsers } from "./read-new-users.js";
import { readTraining } from "./read-training.js";

export interface ReadDatasetOptions {
  /** Makes the features; without one they come from the features file. */
  readonly encoder?: ItemEncoder;
  /** Another file with training comparisons. */
  readonly training?: string;
  /** `done` runs from 0 to 1 in every stage. */
  readonly onProgress?: (done: number, stage: string) => void;
}

/** Reads the data set in `folder`. Throws `DatasetError`. */
export async function readDataset(
  folder: string,
  { encoder, training, onProgress = () => {} }: ReadDatasetOptions = {},
): Promise<Dataset> {
  const files = await findDatasetFiles(folder, training);
  const stage = (name: string) => (done: number) => onProgress(done, name);
  const { rowOf, ...items } = await readItems(files, encoder, stage("reading items"));
  const { memberIndex, ...pairs } = await readTraining(
    files.training,
    rowOf,
    stage("reading comparisons"),
  );
  const newUsers = await readNewUsers(files.newUsers, rowOf, stage("reading new users"));
  return {
    name: files.name,
    items,
    training: pairs,
    newUsers,
    warnings: warningsOf(newUsers, memberIndex),
  };
}

function warningsOf(users: readonly NewUser[], members: ReadonlyMap<string, number>): string[] {
  const trained = users.filter(({ id }) => members.has(id)).length;
  const overlapping = users.filter(sharesItems).length;
  return [
    ...(trained > 0
      ? [`${trained} new users are training members too: their scores flatter the method.`]
      : []),
    ...(overlapping > 0
      ? [`${overlapping} new users have items in their pool and in their test pairs.`]
      : []),
  ];
}

function sharesItems({ pool, test }: NewUser): boolean {
  const asked = new Set([...pool.a, ...pool.b]);
  return test.a.some((item) => asked.has(item)) || test.b.some((item) => asked.has(item));
}
