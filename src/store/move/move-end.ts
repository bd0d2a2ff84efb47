/** What moving a store needs of either end. Rows go as they are, damaged ones too. */
import type { TombstoneIndex } from "../tombstones.js";

/** Bytes for what is no text. */
export interface RawRow {
  readonly key: string;
  readonly value: string | Buffer;
}

/** A store that nobody else has open. Every method rejects with the database's own errors. */
export interface MoveEnd {
  /** Without a password; the same for the same store. */
  readonly address: string;
  /** The rows after this key in the order of their keys, byte by byte. */
  page(after: string, limit: number): Promise<RawRow[]>;
  /** The last key but {@link MOVING}; empty if there is none. */
  last(): Promise<string>;
  /** Writes `rows` and removes `gone`, all or nothing. */
  write(rows: readonly RawRow[], gone: readonly string[]): Promise<void>;
  /** Undefined if there are none. */
  tombstones(): Promise<TombstoneIndex | undefined>;
  /** In the place of all that there are. */
  setTombstones(index: TombstoneIndex): Promise<void>;
  /** Frees the store. */
  close(): Promise<void>;
}

/** The row that stands in a store as long as it is being moved there: which store is moved. */
export const MOVING = "moving:all";
