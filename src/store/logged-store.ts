/** The store as the bot and the playground open it: alone, and with all that befalls it in the log. */
import type { Log } from "../shared/log.js";
import { openStore, type Store } from "./store.js";
import { DamagedRecordError } from "./store-error.js";

/** Throws `StoreError`, `StoreInUseError` and `NewerStoreError`. */
export async function openLoggedStore(url: string, log: Log): Promise<Store> {
  const onError = (error: unknown) => {
    if (error instanceof DamagedRecordError) {
      log.error({ event: "store.record-damaged", key: error.key, err: error });
    } else log.error({ event: "store.error", err: error });
  };
  const store = await openStore(url, onError, {
    alone: true,
    onMigrated: (step) => log.info({ event: "store.migrated", ...step }),
  });
  store.health.listen({
    onOutage: (error) => log.error({ event: "store.unavailable", err: error }),
    onRecovery: () => log.info({ event: "store.available" }),
  });
  return store;
}
