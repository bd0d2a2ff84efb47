/** Locks of several processes over one store, each held by one of them for as long as its session lasts. */
export interface SessionLocks {
  /** Takes those that nobody holds, and returns them. Rejects with the database's own errors. */
  take(names: readonly string[]): Promise<string[]>;
  /** Whether what was taken is surely still held. */
  isHeld(): boolean;
  /** Resolves when the session has ended, or is not heard of: another process may have the locks soon. */
  readonly lost: Promise<void>;
  /** Gives all of them back. */
  release(): Promise<void>;
}
