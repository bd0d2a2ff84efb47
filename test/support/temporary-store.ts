/** A real store of its own: a SQLite file in a folder, or a database of PostgreSQL. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenOptions } from "../../src/store/opened-engine.js";
import { openStore, type Store } from "../../src/store/store.js";
import { createTemporaryPostgres } from "./postgres.js";

export interface TemporaryStore {
  readonly url: string;
  readonly store: Store;
  /** Closes the store and opens the same one again. */
  reopen(options?: OpenOptions): Promise<Store>;
  /** Opens the same one once more, as another process would. Closed with the others. */
  another(options?: OpenOptions): Promise<Store>;
  remove(): Promise<void>;
}

export type EngineName = "SQLite" | "PostgreSQL";

export async function createTemporaryStore(
  engine: EngineName = "SQLite",
  options: OpenOptions = {},
): Promise<TemporaryStore> {
  const place = await (engine === "SQLite" ? createFile() : createTemporaryPostgres());
  const raise = (error: unknown) => {
    throw error;
  };
  const { url } = place;
  const others: Store[] = [];
  let store = await openStore(url, raise, options);
  return {
    url,
    store,
    reopen: async (again = options) => {
      await store.close();
      store = await openStore(url, raise, again);
      return store;
    },
    another: async (also = {}) => {
      const other = await openStore(url, raise, also);
      others.push(other);
      return other;
    },
    remove: async () => {
      for (const one of [store, ...others]) await one.close().catch(() => undefined);
      await place.remove();
    },
  };
}

async function createFile() {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  return {
    url: `sqlite://${join(folder, "data", "attune.sqlite")}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
