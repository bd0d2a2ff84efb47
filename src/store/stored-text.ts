/** A record's text as the database has it. */

/** Bytes if it is damaged; undefined if there is no record. */
export type StoredText = string | Buffer | undefined;

/** Of two that were read from the same database. */
export function isSameText(one: StoredText, other: StoredText): boolean {
  return one === other || (Buffer.isBuffer(one) && Buffer.isBuffer(other) && one.equals(other));
}
