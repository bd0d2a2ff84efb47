/**
 * What was deleted or taken back, and when, so that a backup that is restored does not bring it
 * back. A file of its own next to the store, which no restored store replaces; it holds keyed hashes
 * and times, no ids. Knows no records.
 */
import { createHmac, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { PRIVATE_MODE } from "./private-file.js";
import type { MemberKey } from "./records.js";
import { StoreError } from "./store-error.js";

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

/** Of the name of the file next to the store. */
export const TOMBSTONES_SUFFIX = ".deletions";
const KEY_BYTES = 32;
const HEADER = "attune-deletions-1";
/** This many characters of a hash in base64 are enough to distinguish any two. */
const HASH_LENGTH = 32;
/** This many replaced lines do no harm. */
const SPARE_LINES = 100;
/** Kinds after which nothing may be written that was begun before. */
const ENDINGS = ["person", "member", "guild", "reset"] as const;

export class Tombstones {
  readonly #byHash = new Map<string, Tombstone>();
  readonly #file: string;
  /** Hashes of deletions under way, and how often each. */
  readonly #underWay = new Map<string, number>();
  #key: Buffer | undefined;
  #count = 0;
  #lines = 0;

  /** Reads those of the store at `path`. Throws {@link StoreError} if the file is damaged. */
  constructor(path: string) {
    this.#file = path + TOMBSTONES_SUFFIX;
    if (existsSync(this.#file)) this.#read(readFileSync(this.#file, "utf8"));
  }

  /** How many there are; it only ever grows, also over restored stores. */
  get count(): number {
    return this.#count;
  }

  /** Notes that `kind` has happened to `id`; on the disk when this returns. */
  note(kind: TombstoneKind, id: MemberKey | string, at: number): void {
    const key = this.#key ?? this.#begin();
    const hash = hashOf(key, kind, id);
    const number = this.#count + 1;
    // A line of its own, also after one that a killed process has left unfinished.
    append(this.#file, `\n${number} ${hash} ${at}\n`);
    this.#count = number;
    this.#byHash.set(hash, { number, at });
  }

  /**
   * Notes it, and that it goes on until what is returned is called: what is begun meanwhile belongs to
   * no life, for it may see what is about to go.
   */
  begin(kind: TombstoneKind, id: MemberKey | string, at: number): () => void {
    this.note(kind, id, at);
    const hash = hashOf(this.#key!, kind, id);
    this.#underWay.set(hash, (this.#underWay.get(hash) ?? 0) + 1);
    return () => {
      const left = this.#underWay.get(hash)! - 1;
      if (left > 0) this.#underWay.set(hash, left);
      else this.#underWay.delete(hash);
    };
  }

  /** The last one of `kind` for `id`. */
  of(kind: TombstoneKind, id: MemberKey | string): Tombstone | undefined {
    if (this.#key === undefined) return undefined;
    return this.#byHash.get(hashOf(this.#key, kind, id));
  }

  /** The last deletion of everything about `member` there. */
  deletionOf(member: MemberKey): Tombstone | undefined {
    return latest([
      this.of("person", member.memberId),
      this.of("member", member),
      this.of("guild", member.guildId),
    ]);
  }

  /**
   * Another number after each deletion and reset: what was begun before belongs to another life. NaN,
   * which is no life, while one is under way.
   */
  lifeOf(member: MemberKey): number {
    const key = this.#key;
    if (key === undefined) return 0;
    const ids = { person: member.memberId, member, guild: member.guildId, reset: member };
    const isUnderWay = (kind: (typeof ENDINGS)[number]) =>
      this.#underWay.has(hashOf(key, kind, ids[kind]));
    if (this.#underWay.size > 0 && ENDINGS.some(isUnderWay)) return Number.NaN;
    return Math.max(0, ...ENDINGS.map((kind) => this.of(kind, ids[kind])?.number ?? 0));
  }

  /** The latest time of any kind for `member`: whatever is said after it has a later one. */
  lastTime(member: MemberKey): number {
    if (this.#key === undefined) return 0;
    const ids = { person: member.memberId, guild: member.guildId };
    const kinds = ["person", "member", "guild", "reset", "refused", "unpooled"] as const;
    const id = (kind: TombstoneKind) =>
      kind === "person" || kind === "guild" ? ids[kind] : member;
    return Math.max(0, ...kinds.map((kind) => this.of(kind, id(kind))?.at ?? 0));
  }

  /**
   * Drops the lines that later ones have replaced, once there are many. Only for a process that has
   * the store to itself. What can't be done now is done at another start.
   */
  compact(): void {
    if (this.#key === undefined || this.#lines < 2 * this.#byHash.size + SPARE_LINES) return;
    const current = [...this.#byHash].map(([hash, { number, at }]) => `${number} ${hash} ${at}`);
    try {
      this.#rewrite([headerOf(this.#key), ...current]);
    } catch (error) {
      if ((error as { syscall?: string }).syscall === undefined) throw error;
    }
  }

  #begin(): Buffer {
    const key = randomBytes(KEY_BYTES);
    this.#rewrite([headerOf(key)]);
    this.#key = key;
    return key;
  }

  /** All of it or nothing. */
  #rewrite(lines: readonly string[]): void {
    const unfinished = `${this.#file}.unfinished`;
    rmSync(unfinished, { force: true });
    append(unfinished, `${lines.join("\n")}\n`);
    renameSync(unfinished, this.#file);
  }

  #read(text: string): void {
    const [first = "", ...lines] = text.split("\n");
    const [header, keyText = ""] = first.split(" ");
    const key = Buffer.from(keyText, "base64");
    if (header !== HEADER || key.length !== KEY_BYTES) {
      throw new StoreError(
        `${this.#file} is damaged. It lists what members have had deleted: put a copy of it back. Without it, a restored backup would bring deleted data back.`,
      );
    }
    this.#key = key;
    this.#lines = lines.length;
    for (const line of lines) this.#take(line);
  }

  #take(line: string): void {
    const [number, hash, at] = line.split(" ");
    if (at === undefined || hash?.length !== HASH_LENGTH) return;
    this.#byHash.set(hash, { number: Number(number), at: Number(at) });
    this.#count = Math.max(this.#count, Number(number));
  }
}

function headerOf(key: Buffer): string {
  return `${HEADER} ${key.toString("base64")}`;
}

function hashOf(key: Buffer, kind: TombstoneKind, id: MemberKey | string): string {
  const name = typeof id === "string" ? id : `${id.guildId}:${id.memberId}`;
  const hash = createHmac("sha256", key).update(`${kind} ${name}`).digest("base64url");
  return hash.slice(0, HASH_LENGTH);
}

function latest(tombstones: readonly (Tombstone | undefined)[]): Tombstone | undefined {
  return tombstones.reduce(
    (last, one) => (one !== undefined && one.number > (last?.number ?? 0) ? one : last),
    undefined,
  );
}

function append(file: string, text: string): void {
  const descriptor = openSync(file, "a", PRIVATE_MODE);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
