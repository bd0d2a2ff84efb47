import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Batches } from "../../src/store/batches.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Doubles numbers, one turn for each call; notes what it is given, and refuses what is negative. */
function doubling(mostItems: number) {
  const calls: (readonly number[])[] = [];
  let underWay = 0;
  const batches = new Batches<number, number>({
    mostItems,
    run: async (items) => {
      calls.push(items);
      underWay++;
      expect(underWay).toBe(1);
      await turn();
      underWay--;
      if (items.some((item) => item < 0)) throw new Error("negative");
      return items.map((item) => 2 * item);
    },
  });
  return { batches, calls, isIdle: () => underWay === 0 };
}

describe("batches", () => {
  it("carry what comes while a call is under way together in the next one", async () => {
    const { batches, calls } = doubling(3);
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => batches.add(item)))).toEqual([
      2, 4, 6, 8, 10,
    ]);
    expect(calls).toEqual([[1], [2, 3, 4], [5]]);
    expect(await batches.add(6)).toBe(12);
  });

  it("fail together, and the next one is none the worse", async () => {
    const { batches } = doubling(10);
    const results = await Promise.allSettled([1, 2, -1, 3].map((item) => batches.add(item)));
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
    ]);
    expect(await batches.add(4)).toBe(8);
  });

  it("leave room for an action that runs alone, whatever it comes to", async () => {
    const { batches, isIdle } = doubling(10);
    const before = batches.add(1);
    const failing = batches.alone(() => Promise.reject(new Error("not this time")));
    const alone = batches.alone(async () => {
      expect(isIdle()).toBe(true);
      await turn();
      expect(isIdle()).toBe(true);
      return "done";
    });
    const after = batches.add(2);
    await expect(failing).rejects.toThrow("not this time");
    expect(await Promise.all([before, alone, after])).toEqual([2, "done", 4]);
  });

  it("carry everything once and in order, however it comes", async () => {
    const arrival = fc.record({ wait: fc.nat(3), item: fc.nat(1_000) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (arrivals, most) => {
          const { batches, calls } = doubling(most);
          const results: Promise<number>[] = [];
          for (const { wait, item } of arrivals) {
            for (let at = 0; at < wait; at++) await turn();
            results.push(batches.add(item));
          }
          const items = arrivals.map(({ item }) => item);
          expect(await Promise.all(results)).toEqual(items.map((item) => 2 * item));
          expect(calls.flat()).toEqual(items);
          expect(calls.every((call) => call.length <= most)).toBe(true);
        },
      ),
    );
  });
});
