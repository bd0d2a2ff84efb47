/** Reads the items of a data set and their features; texts are encoded on the way and not held in memory. */
import { endianness } from "node:os";
import { z } from "zod";
import type { Items } from "./dataset.js";
import { DatasetError } from "./dataset-error.js";
import type { DatasetFiles } from "./dataset-files.js";
import { GrowingArray } from "./growing-array.js";
import type { ItemEncoder } from "./item-encoders.js";
import { forEachChunk, forEachRecord, type Progress } from "./read-lines.js";

const ITEM = z.object({ id: z.string().min(1), prompt: z.string(), response: z.string() });

export interface ReadItems extends Items {
  /** The row of each item by its id. */
  readonly rowOf: ReadonlyMap<string, number>;
}

/**
 * Reads the items, with the features of `encoder` or, without one, those of the features file.
 * Throws {@link DatasetError}.
 */
export async function readItems(
  files: DatasetFiles,
  encoder: ItemEncoder | undefined,
  onProgress: Progress,
): Promise<ReadItems> {
  const rowOf = new Map<string, number>();
  const prompts = new Map<string, number>();
  const promptOf = new GrowingArray((length) => new Int32Array(length));
  const features = new GrowingArray((length) => new Float32Array(length));
  await forEachRecord(
    files.items,
    ITEM,
    ({ id, prompt, response }, refuse) => {
      if (rowOf.has(id)) refuse(`item "${id}" is there twice: give every item an id of its own.`);
      rowOf.set(id, rowOf.size);
      if (!prompts.has(prompt)) prompts.set(prompt, prompts.size);
      promptOf.push(prompts.get(prompt)!);
      if (encoder !== undefined) features.append(encoder.encode(prompt, response));
    },
    onProgress,
  );
  const count = checkCount(files, rowOf.size);
  const encoded = encoder
    ? { dimensions: encoder.dimensions, features: features.finish(), encoderId: encoder.id }
    : await readFeatures(files, count, onProgress);
  return { ...encoded, count, promptOf: promptOf.finish(), rowOf };
}

function checkCount({ itemCount, items, metaFile }: DatasetFiles, found: number): number {
  if (found === 0) throw new DatasetError(items, undefined, "there is no item in it.");
  if (itemCount !== undefined && itemCount !== found) {
    throw new DatasetError(
      items,
      undefined,
      `there are ${found} items, but ${metaFile} says ${itemCount}: correct one of the two.`,
    );
  }
  return found;
}

type Encoded = Pick<Items, "dimensions" | "features" | "encoderId">;

async function readFeatures(
  { dimensions, features: file, metaFile, name }: DatasetFiles,
  count: number,
  onProgress: Progress,
): Promise<Encoded> {
  if (dimensions === undefined) {
    throw new DatasetError(metaFile, undefined, `"dims", the number of features, is missing.`);
  }
  const features = new Float32Array(count * dimensions);
  const bytes = new Uint8Array(features.buffer);
  let length = 0;
  await forEachChunk(
    file,
    (chunk) => {
      if (length + chunk.length <= bytes.length) bytes.set(chunk, length);
      length += chunk.length;
    },
    onProgress,
  );
  if (length !== bytes.length) {
    throw new DatasetError(
      file,
      undefined,
      `${length} bytes, but ${count} items with ${dimensions} features each (4 bytes a feature) need ${bytes.length}: correct "dims" in ${metaFile} or write the file again.`,
    );
  }
  if (endianness() === "BE") Buffer.from(features.buffer).swap32();
  checkFinite(features, dimensions, file);
  return { dimensions, features, encoderId: `file:${name}` };
}

function checkFinite(features: Float32Array, dimensions: number, file: string): void {
  const broken = features.findIndex((value) => !Number.isFinite(value));
  if (broken < 0) return;
  const row = Math.floor(broken / dimensions);
  throw new DatasetError(
    file,
    undefined,
    `feature ${(broken % dimensions) + 1} of item ${row + 1} is ${features[broken]}: every feature must be a finite number.`,
  );
}
