/** Where the parts of a data set are: meta.json and the files that it names. Reads no comparisons. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { DatasetError } from "./dataset-error.js";
import { check } from "./read-lines.js";

const META = z.object({
  dataset: z.string().min(1).optional(),
  items: z.int().positive().optional(),
  dims: z.int().positive().optional(),
  features: z.string().min(1).optional(),
  files: z.record(z.string(), z.string()).default({}),
});

export interface DatasetFiles {
  readonly name: string;
  readonly metaFile: string;
  readonly items: string;
  readonly features: string;
  readonly training: string;
  readonly newUsers: string;
  /** How many items there should be, if meta.json says so. */
  readonly itemCount: number | undefined;
  /** How many features an item has, if meta.json says so. */
  readonly dimensions: number | undefined;
}

/**
 * Finds the files of the data set in `folder`. `training` names another file with training
 * comparisons: a path, a file of the folder, or a key of `files` in meta.json.
 * Throws {@link DatasetError}.
 */
export async function findDatasetFiles(folder: string, training?: string): Promise<DatasetFiles> {
  const metaFile = join(folder, "meta.json");
  const meta = await readMeta(metaFile);
  const find = (key: string, usual: string) => locate(folder, meta.files[key] ?? usual);
  return {
    name: meta.dataset ?? basename(resolve(folder)),
    metaFile,
    items: find("items", "items.jsonl"),
    features: locate(folder, meta.features ?? meta.files.features ?? "features.f32"),
    training:
      training === undefined
        ? find("train", "train.jsonl")
        : locateTraining(folder, meta.files[training] ?? training),
    newUsers: find("newUsers", "new-users.jsonl"),
    itemCount: meta.items,
    dimensions: meta.dims,
  };
}

async function readMeta(file: string): Promise<z.infer<typeof META>> {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new DatasetError(file, undefined, problem, cause);
  };
  const text = await readFile(file, "utf8").catch((cause: unknown) =>
    refuse("is missing: a data set is a folder with meta.json in it.", cause),
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    refuse(`is no JSON (${(cause as Error).message}).`, cause);
  }
  return check(META, value, refuse);
}

/** The file itself, or its packed or unpacked twin if only that exists. */
function locate(folder: string, name: string): string {
  const file = join(folder, name);
  const twin = file.endsWith(".gz") ? file.slice(0, -3) : `${file}.gz`;
  return !existsSync(file) && existsSync(twin) ? twin : file;
}

function locateTraining(folder: string, name: string): string {
  const inside = locate(folder, name);
  return existsSync(inside) ? inside : resolve(name);
}
