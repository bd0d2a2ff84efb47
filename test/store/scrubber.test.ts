import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BatchedSqlite } from "../../src/store/sqlite/batched-sqlite.js";
import { openDatabase, TABLE } from "../../src/store/sqlite/database.js";
import { unusedSpace } from "../../src/store/sqlite/free-space.js";
import { migrate } from "../../src/store/sqlite/schema.js";
import { Scrubber } from "../../src/store/sqlite/scrubber.js";

const GONE = "870000000000000099";

describe("the room in the file that holds nothing", () => {
  let folder: string;
  let path: string;
  let engine: BatchedSqlite;
  let scrubber: Scrubber;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    path = join(folder, "attune.sqlite");
    engine = await BatchedSqlite.open(`sqlite://${path}`);
    await migrate(engine.writer, { backUp: async () => "", onStep: () => undefined });
    scrubber = new Scrubber(path, engine);
  });
  afterEach(async () => {
    scrubber.stop();
    await engine.disconnect();
    await scrubber.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("may keep copies of what was deleted, and has none of them once it is scrubbed", async () => {
    let copies = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 1_000 }), async (seed) => {
        const left = await liveAndDelete(seed);
        await scrubber.cutLog();
        if (readFileSync(path).includes(GONE)) copies++;
        await scrubber.scrub();
        await scrubber.cutLog();
        expect(readFileSync(path).includes(GONE)).toBe(false);
        expect(await scrubber.holdsAny([GONE])).toBe(false);
        await expectRows(left);
        await engine.write([...left.keys()].map((key) => ({ key, text: null })));
      }),
      { numRuns: 6, seed: 1 },
    );
    expect(copies).toBeGreaterThan(0);
  });

  it("is scrubbed while others are written: each of them is there afterwards", async () => {
    const left = await liveAndDelete(3);
    let stopped = false;
    const written = new Map(left);
    const writing = (async () => {
      for (let at = 0; !stopped; at++) {
        const key = `comparison:1:${at % 997}:${at}`;
        const text = JSON.stringify({ value: { at, filler: "x".repeat(at % 1_500) } });
        await engine.write([{ key, text }]);
        written.set(key, text);
      }
    })();
    for (let time = 0; time < 3; time++) await scrubber.scrub();
    stopped = true;
    await writing;
    await scrubber.scrub();
    await scrubber.cutLog();
    expect(written.size).toBeGreaterThan(left.size);
    expect(readFileSync(path).includes(GONE)).toBe(false);
    await expectRows(written);
  });

  it("is scrubbed as soon as a reader of another process lets go of the log", async () => {
    await liveAndDelete(4);
    const reader = await openDatabase(path, "read", 5_000);
    await reader.all("BEGIN");
    await reader.all(`SELECT count(*) FROM ${TABLE}`);
    await engine.write([{ key: "settings:1", text: '{"value":{}}' }]);
    let done = false;
    const scrubbing = scrubber.scrub().then(() => {
      done = true;
    });
    await engine.write([{ key: "settings:2", text: '{"value":{}}' }]);
    expect(done).toBe(false);
    await reader.all("COMMIT");
    await reader.close();
    await scrubbing;
    expect(readFileSync(path).includes(GONE)).toBe(false);
  });

  it("is not looked for in pages that hold no rows, or are damaged", () => {
    const page = Buffer.alloc(512, 0xff);
    for (const type of [0, 1, 3, 9, 255]) {
      page[0] = type;
      expect(unusedSpace(page, 0, 512)).toBeUndefined();
    }
    page[0] = 13;
    page.writeUInt16BE(3, 3);
    page.writeUInt16BE(400, 5);
    expect(unusedSpace(page, 0, 512)).toEqual({ start: 14, end: 400 });
    page.writeUInt16BE(513, 5);
    expect(unusedSpace(page, 0, 512)).toBeUndefined();
    page.writeUInt16BE(300, 3);
    page.writeUInt16BE(400, 5);
    expect(unusedSpace(page, 0, 512)).toBeUndefined();
  });

  it.each([1, 9, 17])(
    "is searched across pieces, %d bytes before the end of one",
    async (before) => {
      const bytes = Buffer.alloc(3 * 1024 * 1024, ".");
      bytes.write(GONE, 1024 * 1024 - before);
      const file = join(folder, "long");
      writeFileSync(file, bytes);
      const other = new Scrubber(file, engine);
      expect(await other.holdsAny(["nothing", GONE])).toBe(true);
      expect(await other.holdsAny(["nothing", `${GONE}0`])).toBe(false);
      await other.close();
    },
  );

  /** Rows of many and of {@link GONE}, all mixed; theirs are deleted. Gives what is left. */
  async function liveAndDelete(seed: number): Promise<Map<string, string>> {
    const left = new Map<string, string>();
    const gone: string[] = [];
    const number = fc.integer({ min: 0, max: 2 ** 30 });
    for (const one of fc.sample(number, { numRuns: 700, seed })) {
      const member = one % 10 < 3 ? GONE : `86${one % 500}`;
      const key = `comparison:${one % 7}:${member}:${one}`;
      const text = JSON.stringify({ value: { member, filler: "y".repeat(one % 1_900) } });
      if (member === GONE) gone.push(key);
      else left.set(key, text);
      await engine.write([{ key, text }]);
    }
    for (const key of gone) await engine.write([{ key, text: null }]);
    return left;
  }

  async function expectRows(expected: ReadonlyMap<string, string>): Promise<void> {
    const rows = await engine.rows({ prefix: "comparison:" });
    expect(new Map(rows.map(({ key, value }) => [key, value]))).toEqual(
      new Map([...expected].filter(([key]) => key.startsWith("comparison:"))),
    );
    // Read anew from the file, without what the connections remember.
    const database = await openDatabase(path, "read", 5_000);
    expect(await database.all("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
    await database.close();
  }
});
