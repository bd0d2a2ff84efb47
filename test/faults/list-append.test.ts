import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkHistory } from "../support/list-append/check.js";
import { History, type Step, type Transaction } from "../support/list-append/history.js";
import { couldHaveHappened } from "../support/list-append/slow-check.js";

const append = (key: number, value: number): Step => ({ kind: "append", key, value });
const read = (key: number, list: readonly number[]): Step => ({ kind: "read", key, list });

/** Transactions one after the other, each over before the next begins. */
function oneByOne(...all: readonly (readonly Step[])[]): Transaction[] {
  return all.map((steps, at) => ({
    process: 0,
    steps,
    ending: "ok",
    begun: 2 * at,
    ended: 2 * at + 1,
  }));
}

const kindsOf = (transactions: readonly Transaction[]) =>
  checkHistory(transactions).map(({ kind }) => kind);

describe("the check of a history", () => {
  it.each<[string, Transaction[]]>([
    ["circle", oneByOne([append(1, 1)], [append(1, 2)], [read(1, [1])], [read(1, [1, 2])])],
    ["acknowledged append is lost", oneByOne([append(1, 1)], [append(1, 2)], [read(1, [1])])],
    ["duplicate", oneByOne([append(1, 1)], [read(1, [1, 1])])],
    ["never appended", oneByOne([append(1, 1)], [read(1, [1, 7])])],
    ["never appended", oneByOne([append(1, 1)], [append(2, 2)], [read(1, [1, 2])])],
    [
      "lists that disagree",
      oneByOne([append(1, 1), append(1, 2)], [read(1, [1, 2])], [read(1, [2, 1])]),
    ],
    ["own append not read", oneByOne([append(1, 1), read(1, [])], [read(1, [1])])],
  ])("finds: %s", (kind, transactions) => {
    expect(kindsOf(transactions)).toContain(kind);
  });

  it("finds an append that was refused and is there all the same", () => {
    const [writer, reader] = oneByOne([append(1, 1)], [read(1, [1])]);
    expect(kindsOf([{ ...writer!, ending: "fail" }, reader!])).toEqual([
      "append that failed was read",
    ]);
  });

  it("finds two that have not seen each other", () => {
    const both = oneByOne([read(1, []), append(2, 1)], [read(2, []), append(1, 2)]);
    const meanwhile = both.map((one) => ({ ...one, begun: 0, ended: 9 }));
    expect(kindsOf(meanwhile)).toEqual(["circle"]);
  });

  it("takes either outcome where nobody knows", () => {
    const [writer, reader] = oneByOne([append(1, 1)], [read(1, [1])]);
    const unknown = { ...writer!, ending: "info" as const, ended: Number.POSITIVE_INFINITY };
    expect(checkHistory([unknown, reader!])).toEqual([]);
    expect(checkHistory([unknown, { ...reader!, steps: [read(1, [])] }])).toEqual([]);
  });

  it("says the same as trying every order", () => {
    let good = 0;
    let bad = 0;
    fc.assert(
      fc.property(anyHistory, (transactions) => {
        const expected = couldHaveHappened(transactions);
        if (expected) good++;
        else bad++;
        expect(checkHistory(transactions).length === 0).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(good, bad)).toBeGreaterThan(100);
  });

  it("copes with as many transactions as a long run has", () => {
    const lists = Array.from({ length: 7 }, (): number[] => []);
    const steps = Array.from({ length: 2_000 }, (_, value) => {
      const key = value % lists.length;
      lists[key]!.push(value);
      return [[append(key, value)], [read(key, [...lists[key]!])]];
    });
    expect(kindsOf(oneByOne(...steps.flat()))).toEqual([]);
  });
});

describe("the history's file", () => {
  it("is in the words of Elle's list-append", () => {
    const history = new History();
    const end = history.begin(3, [append(1, 5), { kind: "read", key: 2 }]);
    end("ok", [append(1, 5), read(2, [8, 9])]);
    end("fail");
    history.begin(4, [append(2, 6)]);
    const lines = history.toEdn().replaceAll(/:time \d+/g, ":time 0");
    expect(lines).toBe(
      [
        "{:index 0, :time 0, :type :invoke, :process 3, :f :txn, :value [[:append 1 5] [:r 2 nil]]}",
        "{:index 1, :time 0, :type :ok, :process 3, :f :txn, :value [[:append 1 5] [:r 2 [8 9]]]}",
        "{:index 2, :time 0, :type :invoke, :process 4, :f :txn, :value [[:append 2 6]]}",
        "",
      ].join("\n"),
    );
    expect(history.transactions.map(({ ending, ended }) => [ending, ended])).toEqual([
      ["ok", 1],
      ["info", Number.POSITIVE_INFINITY],
    ]);
  });
});

/** Up to five transactions over two lists as a right store would do them, and then perhaps a little wrong. */
const anyHistory = fc
  .record({
    plans: fc.array(
      fc.record({
        steps: fc.array(fc.record({ isAppend: fc.boolean(), key: fc.nat(1) }), {
          minLength: 1,
          maxLength: 3,
        }),
        begun: fc.double({ min: 0, max: 1, noNaN: true }),
        lasts: fc.double({ min: 0, max: 2, noNaN: true }),
        ending: fc.constantFrom("ok" as const, "ok" as const, "info" as const, "fail" as const),
        /** Whether one of which nobody knows was done. */
        isDone: fc.boolean(),
        /** By how many elements its reads are wrong. */
        wrong: fc.constantFrom(0, 0, 0, 0, -1, 1),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ plans }) => {
    const lists = [[], []] as number[][];
    let value = 0;
    return plans.map(({ steps: planned, begun, lasts, ending, isDone, wrong }, at): Transaction => {
      const happens = ending === "ok" || (ending === "info" && isDone);
      const own = lists.map((list) => [...list]);
      const steps = planned.map(({ isAppend, key }): Step => {
        if (isAppend) {
          own[key]!.push(++value);
          return append(key, value);
        }
        // What was read is only known where the transaction was answered.
        if (ending !== "ok") return { kind: "read", key };
        const list = own[key]!;
        return read(key, wrong < 0 ? list.slice(0, wrong) : [...list, ...list.slice(0, wrong)]);
      });
      if (happens) lists.splice(0, 2, ...own);
      const ended = ending === "info" ? Number.POSITIVE_INFINITY : at + begun + lasts;
      return { process: at, steps, ending, begun: at + begun, ended };
    });
  });
