/**
 * Tells all processes, with the commit, that other base rewards answer. No other write is told of, since
 * commits that notify wait for each other.
 */
import type { Write } from "../engine.js";

/** Told to all processes when a switch is committed. */
export const SWITCHES = "attune_switches";
const PREFIX = "current-model:";

/** For the transaction of `writes`: the statements that tell of it; none if none of them is a switch. */
export function tellingOf(writes: readonly Pick<Write, "key">[]): string[] {
  return writes.some(({ key }) => key.startsWith(PREFIX)) ? [`NOTIFY ${SWITCHES}`] : [];
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
