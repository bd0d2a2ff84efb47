/**
 * What was deleted or taken back, and when, so that a backup that is restored does not bring it
 * back. Tombstones hold keyed hashes and times, no ids. Knows no records, and not where they are kept.
 */
import { createHmac } from "node:crypto";
import type { MemberKey } from "./records.js";

/**
 * What happened: everything of a person, of a member of one guild, or of a guild was deleted; a
 * member's votes were deleted; a member said no; a member's votes pool no more.
 */
export type TombstoneKind = "person" | "member" | "guild" | "reset" | "refused" | "unpooled";

export interface Tombstone {
  /** Its place among all, from 1 on. */
  readonly number: number;
  readonly at: number;
}

/** What permits to write about members are made of. */
export interface Lives {
  /**
   * A mark of how much had been deleted about `member` until now: what was begun before the last
   * deletion belongs to another life. NaN, which is no life, while a deletion is known to be under way.
   */
  lifeOf(member: MemberKey): number;
}

/** In bytes, of the key of the hashes. */
export const TOMBSTONE_KEY_BYTES = 32;
/** This many characters of a hash in base64 are enough to distinguish any two. */
export const HASH_LENGTH = 32;
/** Kinds after which nothing may be written that was begun before. */
/** Deletions of everything about a member somewhere. */
const DELETIONS = ["person", "member", "guild"] as const;
const ENDINGS = [...DELETIONS, "reset"] as const;
const KINDS = [...ENDINGS, "refused", "unpooled"] as const;

/** The last tombstone for each hash, in memory. */
export class TombstoneIndex {
  readonly #byHash = new Map<string, Tombstone>();
  #count = 0;

  constructor(readonly key: Buffer) {}

  /** The highest number. */
  get count(): number {
    return this.#count;
  }

  get size(): number {
    return this.#byHash.size;
  }

  add(hash: string, tombstone: Tombstone): void {
    this.#byHash.set(hash, tombstone);
    this.#count = Math.max(this.#count, tombstone.number);
  }

  entries(): Iterable<[hash: string, Tombstone]> {
    return this.#byHash;
  }

  /** The last one of `kind` for `id`. */
  of(kind: TombstoneKind, id: MemberKey | string): Tombstone | undefined {
    return this.#byHash.get(hashOf(this.key, kind, id));
  }

  /** The last deletion of everything about `member` there. */
  deletionOf(member: MemberKey): Tombstone | undefined {
    const found = DELETIONS.map((kind) => this.of(kind, idOf(kind, member)));
    return found.reduce(
      (last, one) => (one !== undefined && one.number > (last?.number ?? 0) ? one : last),
      undefined,
    );
  }

  /** The number of the last deletion or reset of `member`; 0 if there was none. */
  lifeOf(member: MemberKey): number {
    return Math.max(0, ...endingsOf(this.key, member).map((hash) => this.#at(hash)?.number ?? 0));
  }

  /** The latest time of any kind for `member`: whatever is said after it has a later one. */
  lastTime(member: MemberKey): number {
    return Math.max(0, ...hashesOf(this.key, member).map((hash) => this.#at(hash)?.at ?? 0));
  }

  #at(hash: string): Tombstone | undefined {
    return this.#byHash.get(hash);
  }
}

/** The hashes of all that may end a life of `member`. */
export function endingsOf(key: Buffer, member: MemberKey): string[] {
  return ENDINGS.map((kind) => hashOf(key, kind, idOf(kind, member)));
}

/** The hashes of all deletions of everything about `member` there. */
export function deletionsOf(key: Buffer, member: MemberKey): string[] {
  return DELETIONS.map((kind) => hashOf(key, kind, idOf(kind, member)));
}

/** The hashes of all that may be noted about `member`. */
export function hashesOf(key: Buffer, member: MemberKey): string[] {
  return KINDS.map((kind) => hashOf(key, kind, idOf(kind, member)));
}

export function hashOf(key: Buffer, kind: TombstoneKind, id: MemberKey | string): string {
  const name = typeof id === "string" ? id : `${id.guildId}:${id.memberId}`;
  const hash = createHmac("sha256", key).update(`${kind} ${name}`).digest("base64url");
  return hash.slice(0, HASH_LENGTH);
}

function idOf(kind: TombstoneKind, member: MemberKey): MemberKey | string {
  if (kind === "person") return member.memberId;
  return kind === "guild" ? member.guildId : member;
}
