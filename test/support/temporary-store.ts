/** A real SQLite store in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type Store } from "../../src/store/store.js";

export interface TemporaryStore {
  readonly url: string;
  readonly store: Store;
  /** Closes the store and opens the same file again. */
  reopen(): Promise<Store>;
  remove(): Promise<void>;
}

export async function createTemporaryStore(): Promise<TemporaryStore> {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const url = `sqlite://${join(folder, "data", "attune.sqlite")}`;
  const raise = (error: unknown) => {
    throw error;
  };
  let store = await openStore(url, raise);
  return {
    url,
    store,
    reopen: async () => {
      await store.close();
      store = await openStore(url, raise);
      return store;
    },
    remove: async () => {
      await store.close().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
