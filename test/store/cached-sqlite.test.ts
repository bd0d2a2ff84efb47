import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ReadCache } from "../../src/store/read-cache.js";
import { BatchedSqlite } from "../../src/store/sqlite/batched-sqlite.js";
import { TABLE } from "../../src/store/sqlite/database.js";
import { migrate } from "../../src/store/sqlite/schema.js";
import { Unchanged } from "../../src/store/unchanged.js";

const KEYS = ["usage:a", "usage:b", "usage:c"] as const;
/** A write of this fails, with all that it goes out with. */
const REFUSED = "refused";

const act = fc.record({
  kind: fc.constantFrom("get", "get", "write", "write", "change", "change", "change", "refused"),
  key: fc.constantFrom(...KEYS),
  removes: fc.boolean(),
  waits: fc.boolean(),
});

describe("SQLite with a cache", () => {
  let folder: string;
  let cached: BatchedSqlite;
  let plain: BatchedSqlite;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    const url = `sqlite://${join(folder, "a.sqlite")}`;
    cached = await BatchedSqlite.open(url, undefined, new ReadCache());
    await migrate(cached.writer, { backUp: async () => "", onStep: () => undefined });
    await cached.writer.all(
      `CREATE TRIGGER refusing BEFORE INSERT ON ${TABLE} WHEN NEW.value = '${REFUSED}'
        BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    );
    plain = await BatchedSqlite.open(url);
  });
  afterEach(async () => {
    for (const engine of [plain, cached]) await engine.disconnect();
    rmSync(folder, { recursive: true, force: true });
  });

  it("says what the file says, whatever is read, written and refused at the same time", async () => {
    let texts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
        const underWay: Promise<unknown>[] = [];
        for (const { kind, key, removes, waits } of acts) {
          const text = removes ? null : `${texts++}`;
          const done =
            kind === "get"
              ? cached.get(key)
              : kind === "change"
                ? change(key, text)
                : cached.write([{ key, text: kind === "refused" ? REFUSED : text }]);
          underWay.push(done.catch((error: Error) => expect(error.message).toMatch(REFUSED)));
          if (waits) await underWay.at(-1);
        }
        await Promise.all(underWay);
        for (const key of KEYS) expect(await cached.get(key)).toBe(await plain.get(key));
      }),
      { numRuns: 150 },
    );
  });

  it("does not lose an addition, however many are under way", async () => {
    await cached.write([{ key: "usage:a", text: "0" }]);
    await Promise.all(Array.from({ length: 20 }, () => addOne("usage:a")));
    expect(await plain.get("usage:a")).toBe("20");
    expect(await cached.get("usage:a")).toBe("20");
  });

  it("lets others go on while somebody tries what is refused", async () => {
    await cached.write([{ key: "usage:a", text: "1" }]);
    await cached.get("usage:a");
    let isOver = false;
    setTimeout(() => {
      isOver = true;
    });
    const write = { key: "usage:a", text: "2" };
    while (!isOver) expect(await cached.write([write], new Unchanged("usage:a", "0"))).toBe(false);
  });

  it("asks the file about base rewards for each condition", async () => {
    const key = "current-model:discord";
    await cached.write([{ key, text: "1" }]);
    expect(await cached.get(key)).toBe("1");
    await plain.write([{ key, text: "2" }]);
    expect(await cached.write([{ key, text: "3" }], new Unchanged(key, "1"))).toBe(false);
    expect(await cached.get(key)).toBe("2");
  });

  /** Is done if and only if the file has what was seen. */
  async function change(key: string, text: string | null): Promise<void> {
    const seen = await cached.get<string>(key);
    let stood: string | undefined;
    const unchanged = new Unchanged(key, seen);
    const condition = {
      keys: unchanged.keys,
      holds: (textOf: (key: string) => string | Buffer | undefined) => {
        stood = textOf(key) as string | undefined;
        return unchanged.holds(textOf);
      },
    };
    const done = await cached.write([{ key, text }], condition);
    expect(done).toBe(stood === seen);
  }

  async function addOne(key: string): Promise<void> {
    for (;;) {
      const seen = await cached.get<string>(key);
      const text = `${Number(seen) + 1}`;
      if (await cached.write([{ key, text }], new Unchanged(key, seen))) return;
    }
  }
});
