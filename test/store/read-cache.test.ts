import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReadCache } from "../../src/store/read-cache.js";

const KEYS = ["usage:a", "usage:b"] as const;

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await turn();
}

/** A map that answers and takes what it is given only after some turns. */
class SlowStore {
  readonly texts = new Map<string, string>();
  readonly cache = new ReadCache();
  reads = 0;
  /** By key all that ever stood there, in order. */
  readonly stood = new Map<string, (string | undefined)[]>(KEYS.map((key) => [key, [undefined]]));
  /** The place in these of what the last write that has ended has left. */
  readonly ended = new Map<string, number>();
  /** As an engine writes: one after the other. */
  #lane = Promise.resolve();

  async read(key: string, before = 0, after = 0): Promise<string | undefined> {
    const known = this.cache.get(key);
    if (known !== undefined) return known.text as string | undefined;
    this.reads += 1;
    const found = await this.cache.reading([key], async () => {
      await turns(before);
      const text = this.texts.get(key);
      await turns(after);
      return new Map(text === undefined ? [] : [[key, text]]);
    });
    return found.get(key) as string | undefined;
  }

  /** What the cache says stands there now has to be what does. */
  write(
    key: string,
    text: string | null,
    { wait = 0, end = "done" }: { wait?: number; end?: "done" | "failed" | "unknown" } = {},
  ): Promise<void> {
    const done = this.#lane.then(async () => {
      const found = await this.cache.texts([key], async (unknown) => {
        await turns(wait);
        return new Map([...this.texts].filter(([one]) => unknown.includes(one)));
      });
      await turns(wait);
      expect(found.get(key)).toBe(this.texts.get(key));
      if (end !== "failed") this.#put(key, text);
      await turns(wait);
      if (end === "done") this.cache.written([{ key, text }]);
      else this.cache.unknown([key]);
      this.ended.set(key, (this.stood.get(key)?.length ?? 1) - 1);
    });
    this.#lane = done;
    return done;
  }

  #put(key: string, text: string | null): void {
    if (text === null) this.texts.delete(key);
    else this.texts.set(key, text);
    this.stood.get(key)?.push(text ?? undefined);
  }
}

describe("the read cache", () => {
  it("reads a record once, and that there is none once", async () => {
    const store = new SlowStore();
    store.texts.set("usage:a", "1");
    for (let time = 0; time < 3; time++) {
      expect(await store.read("usage:a")).toBe("1");
      expect(await store.read("usage:b")).toBeUndefined();
    }
    expect(store.reads).toBe(2);
  });

  it("has what was written, and makes of each text something once", async () => {
    const store = new SlowStore();
    let made = 0;
    const make = (text: unknown) => ({ text, made: ++made });
    await store.read("usage:a");
    for (const text of ["1", "2"]) {
      await store.write("usage:a", text);
      const first = store.cache.get("usage:a")!.made(make);
      expect(first).toEqual({ text, made });
      expect(store.cache.get("usage:a")!.made(make)).toBe(first);
    }
    expect([store.reads, made]).toEqual([1, 2]);
  });

  it("remembers nothing of what was removed, or was written without ever being asked for", async () => {
    const store = new SlowStore();
    await store.write("usage:a", "1");
    expect(store.cache.get("usage:a")).toBeUndefined();
    await store.read("usage:a");
    await store.write("usage:a", null);
    expect(store.cache.get("usage:a")).toBeUndefined();
  });

  it("keeps nothing of a reading that failed", async () => {
    const { cache } = new SlowStore();
    await expect(
      cache.reading(["usage:a"], () => Promise.reject(new Error("full"))),
    ).rejects.toThrow("full");
    expect(cache.get("usage:a")).toBeUndefined();
  });

  it("caches no versions of base rewards, which the command line changes", async () => {
    const store = new SlowStore();
    for (const key of ["model:1", "current-model:discord"]) {
      store.texts.set(key, "1");
      await store.read(key);
      await store.write(key, "2");
      expect(store.cache.get(key)).toBeUndefined();
    }
  });

  it("never gives an older record than was stored when it was asked for, however all overlap", async () => {
    const act = fc.record({
      key: fc.constantFrom(...KEYS),
      writes: fc.boolean(),
      removes: fc.boolean(),
      end: fc.constantFrom("done", "done", "failed", "unknown"),
      start: fc.nat(8),
      before: fc.nat(3),
      after: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
        const store = new SlowStore();
        const done = acts.map(async ({ key, writes, removes, end, start, before, after }, at) => {
          await turns(start);
          if (writes) return store.write(key, removes ? null : `${at}`, { wait: before, end });
          const ended = store.ended.get(key) ?? 0;
          const found = await store.read(key, before, after);
          // What stood there then, or anything that came after it.
          expect(store.stood.get(key)!.slice(ended)).toContain(found);
        });
        await Promise.all(done);
        for (const key of KEYS) {
          expect(await store.read(key)).toBe(store.texts.get(key));
          await store.write(key, "last");
          expect(await store.read(key)).toBe("last");
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
