/** What can go wrong with the store, each with what to do about it. */

/** The store refused to read or write. `cause` has the database's own words. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
}

/** Nothing can be kept for now: the disk is full, read-only or broken. It may pass by itself. */
export class StoreUnavailableError extends StoreError {
  override readonly name = "StoreUnavailableError";
}

/** Another process is at work on the same file. */
export class StoreInUseError extends StoreError {
  override readonly name = "StoreInUseError";
}

/** A newer program has written this store. */
export class NewerStoreError extends StoreError {
  override readonly name = "NewerStoreError";
}

/** One record that cannot be understood; `key` says which. The others are not concerned. */
export class DamagedRecordError extends StoreError {
  override readonly name = "DamagedRecordError";

  constructor(
    readonly key: string,
    cause: unknown,
  ) {
    super(
      `The record ${key} is damaged and is left out; "npm run store -- check" lists all such, and a backup may have it whole.`,
      { cause },
    );
  }
}
