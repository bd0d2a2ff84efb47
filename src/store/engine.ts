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

/** How something is written. */
export interface WriteOptions {
  /**
   * False if nobody is told that it is stored, so that nobody waits for a disk or a standby either: a
   * database that crashes may then forget the last second of such writes. True if left out.
   */
  readonly durable?: boolean;
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
  /**
   * Consents, ballots and replies of this guild; {@link UNKNOWN_GUILD} for damaged ones that don't say
   * it. All other kinds have the guild at the beginning of their keys.
   */
  readonly guild?: string;
  /** Ballots in this channel. */
  readonly channel?: string;
  /** Ballots that wait for something: see {@link BallotState}. */
  readonly state?: BallotState;
  /**
   * Ballots and replies that expire at this time, ms, or before. Damaged ones that don't say when
   * count as if it were 0.
   */
  readonly expiresUntil?: number;
  /** Profiles computed under this version of the base rewards; {@link STALE} for those to be computed anew. */
  readonly version?: string;
  /** Profiles without a vote, damaged ones included. */
  readonly voteless?: true;
  /** Comparisons of this guild from this day (UTC, `2026-01-31`); wishes are none. */
  readonly voted?: { readonly guild: string; readonly day: string };
  /** Rows whose value has this text in it. No index helps: only beside something that does. */
  readonly containing?: string;
}

/** Stands for the person of a damaged record whose key does not say it. */
export const UNKNOWN_PERSON = "?";

/** Stands for the guild of a damaged ballot or reply. */
export const UNKNOWN_GUILD = "?";

/** Stands for the version of profiles whose weights do not follow from their comparisons, or are damaged. */
export const STALE = "";

/** Whether Discord has a ballot is not known yet; or it stands beside an answer, until one is chosen. */
export type BallotState = "unposted" | "another";

/** What a {@link Question} may ask for and {@link Engine.distinct} lists. */
export type Column = "person" | "guild" | "version";

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
  /** What to look at if it fails, as the end of a sentence. */
  readonly remedy: string;
  /**
   * Does all of `writes` or none of them; when this resolves they are stored. Returns false, and does
   * none of them, if `condition` does not hold at that moment.
   */
  write(writes: readonly Write[], condition?: Condition, options?: WriteOptions): Promise<boolean>;
  /** The rows that are asked for, in the order of their keys, byte by byte. */
  rows(question: Question, page?: Page): Promise<Row[]>;
  /** As {@link rows}, the full keys alone. */
  keys(question: Question, page?: Page): Promise<string[]>;
  /**
   * The different values of a column, byte by byte in order: at most `limit`, from the first after
   * `after`. Takes one look into an index for each.
   */
  distinct(column: Column, limit: number, after?: string): Promise<string[]>;
  /** How many rows there are; reads an index alone. */
  count(question: Question): Promise<number>;
  /**
   * What the keys with `prefix` begin with, up to and with their colon number `colons`, which all of
   * them have: each beginning once, in order, at most `limit`, from the first after `after`. Takes one
   * look into an index for each.
   */
  beginnings(prefix: string, colons: number, limit: number, after?: string): Promise<string[]>;
  /** How many rows there are with each of `prefixes`; reads an index alone. */
  counts(prefixes: readonly string[]): Promise<number[]>;
  /** For each of `prefixes` the last rows, `limit` at most, from the last key to the first. */
  lastRows(prefixes: readonly string[], limit: number): Promise<Row[][]>;
  /** Whether `error`, of this database, means that nothing can be stored for now. */
  isOutage(error: unknown): boolean;
  disconnect(): Promise<void>;
}

/** Just after every key that begins with `prefix`. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
