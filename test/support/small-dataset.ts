/** Writes small data sets for the evaluation: members with known tastes, and damaged variants. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { drawStandardNormal } from "../../models/algebra/normal.js";
import { createRandomGenerator } from "../../models/algebra/random.js";

/** The content of a data set's files by name. */
export type DatasetContent = Record<string, string | Uint8Array>;

/** A folder with these files, which `remove` deletes. Files with a name in .gz are packed. */
export function writeDataset(content: DatasetContent): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "attune-dataset-"));
  for (const [name, value] of Object.entries(content)) {
    writeFileSync(join(folder, name), name.endsWith(".gz") ? gzipSync(value) : value);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Two items, one comparison, one new user: the least that can be read. */
export function leastDataset(): DatasetContent {
  return {
    "meta.json": '{"dataset":"least","items":4,"dims":2}',
    "items.jsonl": lines(
      ["x", "y", "v", "w"].map((id) => ({
        id,
        prompt: id < "x" ? "q" : "p",
        response: `is ${id}`,
      })),
    ),
    "features.f32": bytes([1, 0, 0, 1, 1, 1, 0, 0]),
    "train.jsonl": lines([{ user: "m1", a: "x", b: "y", preferred: "a" }]),
    "new-users.jsonl": lines([{ user: "n1", pool: [["x", "y", 1]], test: [["v", "w", 0]] }]),
  };
}

const DIMENSIONS = 6;
const ANSWERS = 4;

/**
 * Members whose taste lies in the first two of six features vote on prompts with four answers
 * each; new users are asked on the first half of the prompts and tested on the other.
 */
export function learnableDataset(seed: number): DatasetContent {
  const random = createRandomGenerator(seed);
  const prompts = 40;
  const features = Array.from({ length: prompts * ANSWERS }, () =>
    Array.from({ length: DIMENSIONS }, () => drawStandardNormal(random)),
  );
  const id = (item: number) => `p${Math.floor(item / ANSWERS)}-${item % ANSWERS}`;
  const person = () => {
    const taste = [2 * drawStandardNormal(random), 2 * drawStandardNormal(random)];
    const reward = (item: number) =>
      taste[0]! * features[item]![0]! + taste[1]! * features[item]![1]!;
    return (fromPrompt: number, toPrompt: number) => {
      const prompt = fromPrompt + Math.floor(random() * (toPrompt - fromPrompt));
      const first = Math.floor(random() * ANSWERS);
      const second = (first + 1 + Math.floor(random() * (ANSWERS - 1))) % ANSWERS;
      const [a, b] = [prompt * ANSWERS + first, prompt * ANSWERS + second];
      const prefersA = random() < 1 / (1 + Math.exp(reward(b) - reward(a)));
      return { a: id(a), b: id(b), prefersA };
    };
  };
  const training = Array.from({ length: 24 }, (_, member) => {
    const vote = person();
    return Array.from({ length: 24 }, () => {
      const { a, b, prefersA } = vote(0, prompts);
      return { user: `m${member}`, a, b, preferred: prefersA ? "a" : "b" };
    });
  }).flat();
  const newUsers = Array.from({ length: 12 }, (_, user) => {
    const vote = person();
    const pairs = (from: number, to: number) =>
      Array.from({ length: 60 }, () => {
        const { a, b, prefersA } = vote(from, to);
        return [a, b, prefersA ? 1 : 0];
      });
    return { user: `n${user}`, pool: pairs(0, prompts / 2), test: pairs(prompts / 2, prompts) };
  });
  return {
    "meta.json": JSON.stringify({
      dataset: "learnable",
      items: features.length,
      dims: DIMENSIONS,
      features: "features.f32",
      files: { items: "items.jsonl.gz", train: "train.jsonl.gz", newUsers: "new-users.jsonl" },
    }),
    "items.jsonl.gz": lines(
      features.map((_, item) => ({
        id: id(item),
        prompt: `Prompt ${Math.floor(item / ANSWERS)}`,
        response: `Answer ${item % ANSWERS}.`,
      })),
    ),
    "features.f32": bytes(features.flat()),
    "train.jsonl.gz": lines(training),
    "new-users.jsonl": lines(newUsers),
  };
}

export function lines(records: readonly unknown[]): string {
  return `${records.map((record) => JSON.stringify(record)).join("\n")}\n`;
}

export function bytes(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}
