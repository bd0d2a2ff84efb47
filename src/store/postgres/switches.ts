/**
 * Tells all processes, with the commit, that other base rewards answer. No other write is told of, since
 * commits that notify wait for each other.
 */
import type pg from "pg";
import type { Write } from "../engine.js";

/** Told to all processes when a switch is committed. */
export const SWITCHES = "attune_switches";
const PREFIX = "current-model:";

/** To be called within the transaction of `writes`; does nothing if none of them is a switch. */
export async function tellSwitches(
  client: Pick<pg.ClientBase, "query">,
  writes: readonly Pick<Write, "key">[],
): Promise<void> {
  if (writes.some(({ key }) => key.startsWith(PREFIX))) await client.query(`NOTIFY ${SWITCHES}`);
}

/** Whoever wants to hear of switches in this process. */
export class SwitchListeners {
  readonly #listeners = new Set<() => void>();

  /** Returns what ends the listening. */
  readonly add = (listener: () => void): (() => void) => {
    // Another one for each call, so that each ends its own.
    const own = () => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  };

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
