import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReadCache } from "../../src/store/read-cache.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await turn();
}

/** A map that answers and takes what it is given only after some turns. */
class SlowStore {
  readonly values = new Map<string, number>();
  reads = 0;

  async read(key: string, before: number, after: number) {
    this.reads += 1;
    await turns(before);
    const value = this.values.get(key);
    await turns(after);
    return { value, fingerprint: `${value}`, characters: 10 };
  }

  async write(cache: ReadCache, key: string, value: number | undefined, wait: number) {
    await turns(wait);
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    await turns(wait);
    cache.written([key]);
  }
}

describe("the read cache", () => {
  it("reads a record once, and that there is none once", async () => {
    const cache = new ReadCache();
    const store = new SlowStore();
    store.values.set("a", 1);
    for (let time = 0; time < 3; time++) {
      expect((await cache.get("a", () => store.read("a", 0, 0))).value).toBe(1);
      expect((await cache.get("b", () => store.read("b", 0, 0))).value).toBeUndefined();
    }
    expect(store.reads).toBe(2);
  });

  it("keeps nothing of a reading that failed", async () => {
    const cache = new ReadCache();
    const store = new SlowStore();
    store.values.set("a", 1);
    await expect(cache.get("a", () => Promise.reject(new Error("full")))).rejects.toThrow("full");
    expect((await cache.get("a", () => store.read("a", 0, 0))).value).toBe(1);
  });

  it("never holds an older record than the store, however reads and writes overlap", async () => {
    const act = fc.record({
      key: fc.constantFrom("a", "b"),
      writes: fc.boolean(),
      value: fc.option(fc.integer(), { nil: undefined }),
      start: fc.nat(6),
      before: fc.nat(3),
      after: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const cache = new ReadCache();
        const store = new SlowStore();
        const done = acts.map(async ({ key, writes, value, start, before, after }) => {
          await turns(start);
          if (writes) await store.write(cache, key, value, before);
          else await cache.get(key, () => store.read(key, before, after));
        });
        await Promise.all(done);
        for (const key of ["a", "b"]) {
          const { value, fingerprint } = await cache.get(key, () => store.read(key, 0, 0));
          expect(value).toBe(store.values.get(key));
          expect(fingerprint).toBe(`${value}`);
        }
      }),
    );
  });
});
