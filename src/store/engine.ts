/**
 * What the store needs of a database: SQLite, or PostgreSQL. Keys and texts go in and out, and every
 * question is answered by an index. Knows no records and no feature.
 */
import type { KeyvStoreAdapter } from "keyv";
import type { Condition } from "./condition.js";

/** A change of one record. */
export interface Write {
  /** With its namespace. */
  readonly key: string;
  /** The record; null to remove it. */
  readonly text: string | null;
}

/** A record as it is stored, damaged or not. */
export interface Row {
  /** With its namespace. */
  readonly key: string;
  readonly value: string | Buffer;
}

/** Which rows are asked for. What is not given does not restrict them. */
export interface Question {
  /** What the full keys begin with: a namespace with its colon, and perhaps more. */
  readonly prefix?: string;
  /** Rows about this person, in whatever guild; {@link UNKNOWN_PERSON} for damaged ones that don't say it. */
  readonly person?: string;
  /** Rows whose value has this text in it. No index helps: only beside something that does. */
  readonly containing?: string;
}

/** Stands for the person of a damaged record whose key does not say it. */
export const UNKNOWN_PERSON = "?";

export interface Page {
  /** Only what comes after this full key, which lies within what is asked for, in the order asked for. */
  readonly after?: string;
  /** From the last key to the first. */
  readonly backwards?: boolean;
  /** This many at most. */
  readonly limit?: number;
}

/** Every method rejects with the database's own errors. */
export interface Engine extends KeyvStoreAdapter {
  /**
   * Does all of `writes` or none of them; when this resolves they are stored. Returns false, and does
   * none of them, if `condition` does not hold at that moment.
   */
  write(writes: readonly Write[], condition?: Condition): Promise<boolean>;
  /** The rows that are asked for, in the order of their keys, byte by byte. */
  rows(question: Question, page?: Page): Promise<Row[]>;
  /** As {@link rows}, the full keys alone. */
  keys(question: Question, page?: Page): Promise<string[]>;
  /** All whom any row is about, {@link UNKNOWN_PERSON} included. */
  persons(): Promise<string[]>;
  /** How many rows there are; reads none of them. */
  count(question: Question): Promise<number>;
  /** Whether `error`, of this database, means that nothing can be stored for now. */
  isOutage(error: unknown): boolean;
  disconnect(): Promise<void>;
}

/** Just after every key that begins with `prefix`. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
