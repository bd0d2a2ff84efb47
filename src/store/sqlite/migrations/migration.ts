/** What a migration of the store is. Knows no single one. */
import type { Database } from "../database.js";

/** One step from a version to the next. */
export interface Migration {
  /** What it does, for the log. */
  readonly name: string;
  /** Whether the whole file is rewritten first, without what was deleted from it. */
  readonly rewritesFile?: boolean;
  apply(database: Database): Promise<void>;
}
