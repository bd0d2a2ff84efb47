import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BatchLanes } from "../../../src/store/postgres/batch-lanes.js";

interface Item {
  readonly keys: readonly string[];
  readonly number: number;
}

/** Notes when each item began and ended; a batch takes as many turns as `turnsOf` says. */
function notingLanes(lanes: number, mostItems: number, turnsOf: (batch: number) => number) {
  const events: (readonly ["begins" | "ends", Item])[] = [];
  const batches: (readonly Item[])[] = [];
  const all = new BatchLanes<Item, number>({
    lanes,
    mostItems,
    keysOf: ({ keys }) => keys,
    run: async (items) => {
      const turns = turnsOf(batches.push(items));
      for (const item of items) events.push(["begins", item]);
      for (let turn = 0; turn < turns; turn++) await sleep(0);
      for (const item of items) events.push(["ends", item]);
      return items.map(({ number }) => number);
    },
  });
  return { all, batches, events };
}

describe("batches on several connections", () => {
  it("hold together what is asked for in one turn", async () => {
    const { all, batches } = notingLanes(3, 10, () => 1);
    const later = Promise.resolve().then(() => all.add({ keys: ["b"], number: 2 }));
    const results = await Promise.all([all.add({ keys: ["a"], number: 1 }), later]);
    expect(results).toEqual([1, 2]);
    expect(batches).toHaveLength(1);
  });

  it("do not wait for each other where they have no key in common", async () => {
    const { all, batches, events } = notingLanes(2, 1, () => 3);
    await Promise.all([1, 2].map((number) => all.add({ keys: [], number })));
    expect(batches).toHaveLength(2);
    expect(events.map(([what]) => what)).toEqual(["begins", "begins", "ends", "ends"]);
  });

  it("do what is about one key one after the other, in the order in which it was asked for", async () => {
    const key = fc.constantFrom("a", "b", "c", "d");
    const asked = fc.array(fc.array(key, { maxLength: 3 }), { minLength: 1, maxLength: 20 });
    const property = fc.asyncProperty(
      asked,
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }),
      async (keysOfAll, lanes, mostItems, turns) => {
        const { all, batches, events } = notingLanes(
          lanes,
          mostItems,
          (at) => turns[at % turns.length]!,
        );
        const items = keysOfAll.map((keys, number) => ({ keys, number }));
        const results: Promise<number>[] = [];
        for (const item of items) {
          results.push(all.add(item));
          if (item.number % 3 === 0) await sleep(0);
        }
        expect(await Promise.all(results)).toEqual(items.map(({ number }) => number));
        for (const one of items) {
          for (const other of items.slice(one.number + 1)) {
            if (!one.keys.some((shared) => other.keys.includes(shared))) continue;
            const areTogether = batches.some(
              (batch) => batch.includes(one) && batch.includes(other),
            );
            const at = (what: string, item: Item) =>
              events.findIndex((event) => event[0] === what && event[1] === item);
            expect(at(areTogether ? "begins" : "ends", one)).toBeLessThan(at("begins", other));
          }
        }
      },
    );
    await fc.assert(property, { numRuns: 50 });
  });
});
