import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BatchedSqlite } from "../../src/store/sqlite/batched-sqlite.js";
import { TABLE } from "../../src/store/sqlite/database.js";
import { migrate } from "../../src/store/sqlite/schema.js";

describe("the store's adapter", () => {
  let folder: string;
  let adapter: BatchedSqlite;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    adapter = await BatchedSqlite.open(`sqlite://${join(folder, "a.sqlite")}`);
    await migrate(adapter.writer, { backUp: async () => "", onStep: () => undefined });
  });
  afterEach(async () => {
    await adapter.disconnect();
    rmSync(folder, { recursive: true, force: true });
  });

  it("keeps what was written last, however many writes are on their way", async () => {
    const write = fc.record({
      key: fc.constantFrom("a", "b", "c"),
      text: fc.option(fc.string(), { nil: null }),
      waits: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 30 }), async (writes) => {
        const expected = new Map<string, string | undefined>();
        const underWay: Promise<unknown>[] = [];
        for (const { key, text, waits } of writes) {
          expected.set(key, text ?? undefined);
          const writing = text === null ? adapter.delete(key) : adapter.set(key, text);
          underWay.push(writing);
          if (!waits) continue;
          await writing;
          // Another connection reads than writes.
          expect(await adapter.get(key)).toBe(expected.get(key));
        }
        await Promise.all(underWay);
        for (const [key, text] of expected) expect(await adapter.get(key)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it("does all of the writes that go out together or none, and tells everybody", async () => {
    await adapter.writer.all(
      `CREATE TRIGGER refuse BEFORE INSERT ON ${TABLE} WHEN NEW.key = 'bad'
       BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    );
    const first = adapter.set("first", "1");
    const together = [adapter.set("good", "2"), adapter.set("bad", "3")];
    await first;
    for (const writing of together) await expect(writing).rejects.toThrow("refused");
    expect(await adapter.get("first")).toBe("1");
    expect(await adapter.get("good")).toBeUndefined();
    await adapter.set("good", "4");
    expect(await adapter.get("good")).toBe("4");
  });

  it("says that a statement is wrong each time, and takes it once it is right", async () => {
    const sql = "SELECT count(*) AS count FROM later";
    for (let time = 0; time < 2; time++) {
      await expect(adapter.writer.prepared(sql)).rejects.toThrow("no such table");
    }
    await adapter.writer.all("CREATE TABLE later (one TEXT)");
    expect(await adapter.writer.prepared(sql)).toEqual([{ count: 0 }]);
  });
});
