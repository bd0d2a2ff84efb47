/**
 * What can go wrong with the store: when each is thrown, and what to do. The messages say it to an
 * operator; members are told by whoever catches them.
 */

/**
 * Thrown when the store can't be opened, read or written, or when a command on it can't be done. The
 * message names the setting or the file to look at; `cause` has the database's own words.
 */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
}

/**
 * Thrown for every read and write while the disk is full, read-only or broken. Nothing is lost but
 * what was refused: free the disk, and the store recovers by itself within seconds. Meanwhile do
 * whatever can be done without storing anything.
 */
export class StoreUnavailableError extends StoreError {
  override readonly name = "StoreUnavailableError";
}

/** Thrown at the start when another process uses the same file: stop it, or set another STORE_URL. */
export class StoreInUseError extends StoreError {
  override readonly name = "StoreInUseError";
}

/** Thrown at the start when a newer version of Attune has written the store: update, or restore a backup. */
export class NewerStoreError extends StoreError {
  override readonly name = "NewerStoreError";
}

/**
 * Reported when one record can't be understood; `key` says which. All others are read as usual: run
 * the store's check, and restore a backup to get this one back.
 */
export class DamagedRecordError extends StoreError {
  override readonly name = "DamagedRecordError";

  constructor(
    readonly key: string,
    cause: unknown,
  ) {
    super(
      `The record ${key} is damaged and is left out: "npm run store -- check" lists all damaged records, and a backup may still have this one.`,
      { cause },
    );
  }
}

/** Thrown when the numbers of one record can't be read back: the record is damaged; restore a backup. */
export class VectorTextError extends Error {
  override readonly name = "VectorTextError";
}
