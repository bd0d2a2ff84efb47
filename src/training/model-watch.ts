/** Lets a running bot notice that another process has switched to another version of the base rewards. */
import type { Log } from "../shared/log.js";
import type { Store } from "../store/store.js";
import type { ModelLibrary } from "./model-library.js";

/** A look is one read of a row by its key, well under a millisecond. */
const INTERVAL_MS = 2_000;

export interface ModelWatch {
  /** Ends the watch; resolves when no look is under way any more. */
  stop(): Promise<void>;
}

/**
 * Looks when the store tells of a switch, and every two seconds. A look that fails is logged, and the
 * present base rewards stay.
 */
export function watchModels(
  models: ModelLibrary,
  store: Pick<Store, "onSwitch">,
  log: Log,
  intervalMs = INTERVAL_MS,
): ModelWatch {
  let looks = Promise.resolve();
  const follow = async () => {
    try {
      const switched = await models.refresh();
      if (switched) log.info({ event: "models.switched", version: models.current.version });
    } catch (error) {
      log.error({ event: "models.watch-failed", err: error });
    }
  };
  const look = () => {
    looks = looks.then(follow);
  };
  const endListening = store.onSwitch?.(look);
  const timer = setInterval(look, intervalMs);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      endListening?.();
      return looks;
    },
  };
}
