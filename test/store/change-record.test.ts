import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changeRecord } from "../../src/store/change-record.js";
import { BatchedSqlite } from "../../src/store/sqlite/batched-sqlite.js";
import type { Store } from "../../src/store/store.js";
import { StoreError } from "../../src/store/store-error.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

describe.each(["SQLite", "PostgreSQL"] as const)(
  "a record in %s that is read, changed and written",
  (engine) => {
    let temporary: TemporaryStore;
    beforeEach(async () => {
      temporary = await createTemporaryStore(engine);
    });
    afterEach(async () => {
      vi.restoreAllMocks();
      await temporary.remove();
    });

    const add = (store: Store, calls = { count: 0 }) =>
      changeRecord({ store, repository: store.trials, key: "sum" }, async (record, write) => {
        calls.count += 1;
        return write({ at: (record?.at ?? 0) + 1 });
      });

    it("has every change of two who share the store, the first one included", async () => {
      const other = await temporary.another();
      const stores = [temporary.store, other];
      await Promise.all(Array.from({ length: 40 }, (_, at) => add(stores[at % 2]!)));
      expect(await other.trials.get("sum")).toEqual({ at: 40 });
    });

    it("is left alone where it is not permitted, and not tried again", async () => {
      const { store } = temporary;
      const never = { keys: [], holds: () => false };
      let tries = 0;
      const change = { store, repository: store.trials, key: "sum", permit: never };
      const done = await changeRecord(change, (_record, write) => {
        tries += 1;
        return write({ at: 1 });
      });
      expect({ done, tries }).toEqual({ done: false, tries: 1 });
      expect(await store.trials.get("sum")).toBeUndefined();
    });

    it("is given up with an error that says so if it changes each time", async () => {
      const { store } = temporary;
      const change = { store, repository: store.trials, key: "sum" };
      const trying = changeRecord(change, async (record, write) => {
        await store.trials.set("sum", { at: (record?.at ?? 0) + 1 });
        return write({ at: -1 });
      });
      await expect(trying).rejects.toThrow(StoreError);
      await expect(trying).rejects.toThrow(/changed by another process each of 100 times/);
      expect(await store.trials.get("sum")).toEqual({ at: 100 });
    });

    it("may be removed, and is made anew where it was", async () => {
      const { store } = temporary;
      const change = { store, repository: store.trials, key: "sum" };
      await store.trials.set("sum", { at: 7 });
      const seen: unknown[] = [];
      await changeRecord(change, async (record, write) => {
        seen.push(record);
        if (record !== undefined && seen.length === 1) await store.trials.delete("sum");
        return write(record && { at: record.at + 1 });
      });
      expect(seen).toEqual([{ at: 7 }, undefined]);
      expect(await store.trials.get("sum")).toBeUndefined();
    });

    it("is read from the database once where nobody else writes, however often it changes", async () => {
      // On PostgreSQL others always may.
      if (engine === "PostgreSQL") return;
      const store = await temporary.reopen({ alone: true });
      const reads = vi.spyOn(BatchedSqlite.prototype, "get");
      const calls = { count: 0 };
      await store.trials.get("sum");
      await store.trials.get("sum");
      expect(reads).toHaveBeenCalledTimes(1);
      await add(store, calls);
      // What was read before is what is written on.
      expect(reads).toHaveBeenCalledTimes(1);
      await add(store, calls);
      expect(reads).toHaveBeenCalledTimes(1);
      expect(calls.count).toBe(2);
    });
  },
);
