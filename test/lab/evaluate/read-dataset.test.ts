import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { ENCODER_ID, encodeResponse } from "../../../models/encoder/encoder.js";
import { DatasetError } from "../../../src/lab/evaluate/dataset-error.js";
import { EMBEDDED_ENCODER } from "../../../src/lab/evaluate/item-encoders.js";
import { readDataset } from "../../../src/lab/evaluate/read-dataset.js";
import {
  bytes,
  type DatasetContent,
  leastDataset,
  lines,
  writeDataset,
} from "../../support/small-dataset.js";

let cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps) cleanUp();
  cleanUps = [];
});

function folderWith(changes: Record<string, string | Uint8Array | undefined> = {}): string {
  const content = { ...leastDataset(), ...changes };
  const present = Object.entries(content).filter(([, value]) => value !== undefined);
  const { folder, remove } = writeDataset(Object.fromEntries(present) as DatasetContent);
  cleanUps.push(remove);
  return folder;
}

describe("a data set", () => {
  it("is read into rows and indices", async () => {
    const { items, name, newUsers, training, warnings } = await readDataset(folderWith());
    expect(name).toBe("least");
    expect([...items.features]).toEqual([1, 0, 0, 1, 1, 1, 0, 0]);
    expect([...items.promptOf]).toEqual([0, 0, 1, 1]);
    expect(training).toMatchObject({ members: 1, count: 1 });
    expect([...training.a, ...training.b, ...training.outcomes]).toEqual([0, 1, 1]);
    expect(newUsers).toHaveLength(1);
    expect([...newUsers[0]!.test.a, ...newUsers[0]!.test.outcomes]).toEqual([2, 0]);
    expect(warnings).toEqual([]);
  });

  it("is the same packed, in Windows' line ends, and without a line end at the end", async () => {
    const { "items.jsonl": items, "train.jsonl": train } = leastDataset();
    const folder = folderWith({
      "items.jsonl": undefined,
      "items.jsonl.gz": items as string,
      "train.jsonl": `\uFEFF${(train as string).trimEnd()}`,
      "new-users.jsonl": (leastDataset()["new-users.jsonl"] as string).replaceAll("\n", "\r\n\r\n"),
    });
    expect(await readDataset(folder)).toEqual(await readDataset(folderWith()));
  });

  it("has its features made by an encoder, and then needs no features file", async () => {
    const folder = folderWith({ "features.f32": undefined, "meta.json": "{}" });
    const { items } = await readDataset(folder, { encoder: EMBEDDED_ENCODER });
    expect(items.encoderId).toBe(ENCODER_ID);
    expect(items.features.slice(items.dimensions, 2 * items.dimensions)).toEqual(
      encodeResponse("is y"),
    );
  });

  it("can be trained on another file: by its name, its key in meta.json or its path", async () => {
    const other = lines([
      { user: "m1", a: "x", b: "v", preferred: "tie" },
      { user: "m2", a: "y", b: "v", preferred: "b" },
    ]);
    const folder = folderWith({
      "other.jsonl": other,
      "meta.json": '{"dims":2,"files":{"large":"other.jsonl"}}',
    });
    for (const training of ["other.jsonl", "large", `${folder}/other.jsonl`]) {
      const { training: pairs } = await readDataset(folder, { training });
      expect([...pairs.memberOf, ...pairs.outcomes]).toEqual([0, 1, 0.5, 0]);
    }
  });

  it("is warned about where new users are known from training or from their pool", async () => {
    const { warnings } = await readDataset(
      folderWith({
        "new-users.jsonl": lines([{ user: "m1", pool: [["x", "y", 1]], test: [["x", "w", 0]] }]),
      }),
    );
    expect(warnings).toHaveLength(2);
  });

  it("larger than a chunk is read line by line, with its progress", async () => {
    const comparison = { user: "m1", a: "x", b: "y", preferred: "a" };
    const many = Array.from({ length: 20_000 }, (_, at) => ({ ...comparison, user: `m${at % 7}` }));
    const shown: number[] = [];
    const { training } = await readDataset(folderWith({ "train.jsonl": lines(many) }), {
      onProgress: (done, stage) => {
        if (stage === "reading comparisons") shown.push(done);
      },
    });
    expect(training).toMatchObject({ count: 20_000, members: 7 });
    expect(shown.length).toBeGreaterThan(5);
    expect(shown).toEqual(shown.toSorted((first, second) => first - second));
    expect(shown.at(-1)).toBe(1);
  });
});

describe("a damaged data set", () => {
  const good = { user: "m1", a: "x", b: "y", preferred: "a" };
  const user = { user: "n1", pool: [["x", "y", 1]], test: [["v", "w", 0]] };
  const item = { id: "x", prompt: "p", response: "r" };

  it.each<[string, string, number | undefined, Record<string, string | Uint8Array | undefined>]>([
    ["no meta.json", "meta.json", undefined, { "meta.json": undefined }],
    ["a broken meta.json", "meta.json", undefined, { "meta.json": "{" }],
    ["a wrong value in meta.json", "meta.json", undefined, { "meta.json": '{"dims":"two"}' }],
    ["no number of features", "meta.json", undefined, { "meta.json": "{}" }],
    ["a missing file", "train.jsonl", undefined, { "train.jsonl": undefined }],
    ["no items", "items.jsonl", undefined, { "items.jsonl": "" }],
    ["fewer items than meta.json says", "items.jsonl", undefined, { "items.jsonl": lines([item]) }],
    ["an item that is there twice", "items.jsonl", 2, { "items.jsonl": lines([item, item]) }],
    ["an item without a response", "items.jsonl", 1, { "items.jsonl": '{"id":"x","prompt":""}' }],
    ["too few features", "features.f32", undefined, { "features.f32": bytes([1, 2, 3]) }],
    [
      "a feature NaN",
      "features.f32",
      undefined,
      { "features.f32": bytes([1, Number.NaN, 0, 0, 0, 0, 0, 0]) },
    ],
    ["a broken line", "train.jsonl", 3, { "train.jsonl": `${lines([good, good])}{"user":"m1",\n` }],
    ["an unknown item", "train.jsonl", 2, { "train.jsonl": lines([good, { ...good, a: "z" }]) }],
    ["an item against itself", "train.jsonl", 1, { "train.jsonl": lines([{ ...good, b: "x" }]) }],
    [
      "a wrong preference",
      "train.jsonl",
      1,
      { "train.jsonl": lines([{ ...good, preferred: "c" }]) },
    ],
    ["no comparisons", "train.jsonl", undefined, { "train.jsonl": "\n\n" }],
    [
      "a label of 2",
      "new-users.jsonl",
      1,
      { "new-users.jsonl": lines([{ ...user, test: [["v", "w", 2]] }]) },
    ],
    ["an empty pool", "new-users.jsonl", 1, { "new-users.jsonl": lines([{ ...user, pool: [] }]) }],
    ["no test pairs", "new-users.jsonl", 1, { "new-users.jsonl": lines([{ ...user, test: [] }]) }],
    ["a user who is there twice", "new-users.jsonl", 2, { "new-users.jsonl": lines([user, user]) }],
    ["no new users", "new-users.jsonl", undefined, { "new-users.jsonl": "" }],
  ])("with %s is refused with file and line", async (_, file, line, changes) => {
    const folder = folderWith(changes);
    const error = await readDataset(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatasetError);
    expect(error).toMatchObject({ name: "DatasetError", file: `${folder}/${file}`, line });
    const place = line === undefined ? "" : `:${line}`;
    expect((error as Error).message.startsWith(`${folder}/${file}${place}: `)).toBe(true);
  });

  it("that is no complete gzip file is refused", async () => {
    const folder = folderWith({ "train.jsonl": undefined });
    writeFileSync(`${folder}/train.jsonl.gz`, "not packed");
    await expect(readDataset(folder)).rejects.toThrow(/train\.jsonl\.gz: .*gzip/);
  });
});
