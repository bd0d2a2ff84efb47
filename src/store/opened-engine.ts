/** What it takes to open a store on an engine, whichever it is. Knows no records. */

import type { Clock } from "../shared/time.js";
import type { Deleter, DeleterParts } from "./deleter.js";
import type { Engine } from "./engine.js";
import type { ReadCache } from "./read-cache.js";
import type { Lives } from "./tombstones.js";

/** One step from an older version of a store to a newer one. */
export interface MigrationStep {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** The file that has the store as it was before; none for a store with nothing in it. */
  readonly backup?: string;
}

export interface OpenOptions {
  /** Keeps other bots and playgrounds away until the store is closed, or notes that this one uses it. */
  readonly alone?: boolean;
  /** Called after each step from an older version of the store. */
  readonly onMigrated?: (step: MigrationStep) => void;
}

/** A store that is up to date, with nothing left of what was deleted. */
export interface OpenedEngine {
  readonly engine: Engine;
  readonly lives: Lives;
  /** Whether nobody else writes. */
  readonly alone: boolean;
  /** What the engine has cached; only if it is alone. */
  readonly cache?: ReadCache;
  /**
   * Calls `listener` right after any process has let other base rewards answer, and perhaps more often;
   * returns what ends that. Left out where the database tells nobody.
   */
  readonly onSwitch?: (listener: () => void) => () => void;
  /** Begins its work in the background, once. */
  start(parts: DeleterParts): Deleter;
  /** Deletes old copies of the store that were made automatically. Returns how many. */
  purgeCopies(clock: Clock): number;
  /** Ends its work, and frees the store for others. */
  close(): Promise<void>;
}
