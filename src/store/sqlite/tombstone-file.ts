/**
 * The tombstones of a SQLite store: a file of its own next to it, which no restored store replaces.
 * Knows no records.
 */
import { randomBytes } from "node:crypto";
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
import { PRIVATE_MODE } from "../private-file.js";
import type { MemberKey } from "../records.js";
import { StoreError } from "../store-error.js";
import { indexOfLines, linesOf } from "../tombstone-lines.js";
import {
  endingsOf,
  hashOf,
  type Lives,
  TOMBSTONE_KEY_BYTES,
  type Tombstone,
  TombstoneIndex,
  type TombstoneKind,
} from "../tombstones.js";

/** Of the name of the file next to the store. */
export const TOMBSTONES_SUFFIX = ".deletions";
/** This many replaced lines do no harm. */
const SPARE_LINES = 100;

export class TombstoneFile implements Lives {
  readonly #file: string;
  /** Hashes of deletions under way, and how often each. */
  readonly #underWay = new Map<string, number>();
  /** Undefined until the first one is noted: there is no file yet. */
  #index: TombstoneIndex | undefined;
  #lines = 0;

  /** Reads those of the store at `path`. Throws {@link StoreError} if the file is damaged. */
  constructor(path: string) {
    this.#file = path + TOMBSTONES_SUFFIX;
    if (existsSync(this.#file)) this.#read(readFileSync(this.#file, "utf8"));
  }

  /** Makes the file for the store at `path` of all that `index` has, in the place of another. */
  static write(path: string, index: TombstoneIndex): void {
    rewrite(path + TOMBSTONES_SUFFIX, linesOf(index));
  }

  /** How many there are; it only ever grows, also over restored stores. */
  get count(): number {
    return this.#index?.count ?? 0;
  }

  /** All of them; undefined if there never was one. */
  get index(): TombstoneIndex | undefined {
    return this.#index;
  }

  /** Notes that `kind` has happened to `id`; on the disk when this returns. */
  note(kind: TombstoneKind, id: MemberKey | string, at: number): void {
    this.#index ??= this.#begin(randomBytes(TOMBSTONE_KEY_BYTES));
    const hash = hashOf(this.#index.key, kind, id);
    const number = this.count + 1;
    // A line of its own, also after one that a killed process has left unfinished.
    append(this.#file, `\n${number} ${hash} ${at}\n`);
    this.#index.add(hash, { number, at });
  }

  /**
   * Notes it, and that it goes on until what is returned is called: what is begun meanwhile belongs to
   * no life, for it may see what is about to go.
   */
  begin(kind: TombstoneKind, id: MemberKey | string, at: number): () => void {
    this.note(kind, id, at);
    const hash = hashOf(this.#index!.key, kind, id);
    this.#underWay.set(hash, (this.#underWay.get(hash) ?? 0) + 1);
    return () => {
      const left = this.#underWay.get(hash)! - 1;
      if (left > 0) this.#underWay.set(hash, left);
      else this.#underWay.delete(hash);
    };
  }

  /** The last one of `kind` for `id`. */
  of(kind: TombstoneKind, id: MemberKey | string): Tombstone | undefined {
    return this.#index?.of(kind, id);
  }

  /** Another number after each deletion and reset; NaN while one is under way. */
  lifeOf(member: MemberKey): number {
    const index = this.#index;
    if (index === undefined) return 0;
    const isUnderWay = (hash: string) => this.#underWay.has(hash);
    if (this.#underWay.size > 0 && endingsOf(index.key, member).some(isUnderWay)) return Number.NaN;
    return index.lifeOf(member);
  }

  /** The latest time of any kind for `member`: whatever is said after it has a later one. */
  lastTime(member: MemberKey): number {
    return this.#index?.lastTime(member) ?? 0;
  }

  /**
   * Drops the lines that later ones have replaced, once there are many. Only for a process that has
   * the store to itself. What can't be done now is done at another start.
   */
  compact(): void {
    const index = this.#index;
    if (index === undefined || this.#lines < 2 * index.size + SPARE_LINES) return;
    try {
      rewrite(this.#file, linesOf(index));
    } catch (error) {
      if ((error as { syscall?: string }).syscall === undefined) throw error;
    }
  }

  #begin(key: Buffer): TombstoneIndex {
    const index = new TombstoneIndex(key);
    rewrite(this.#file, linesOf(index));
    return index;
  }

  #read(text: string): void {
    const index = indexOfLines(text);
    if (index === undefined) {
      throw new StoreError(
        `${this.#file} is damaged. It lists what members have had deleted: put a copy of it back. Without it, a restored backup would bring deleted data back.`,
      );
    }
    this.#index = index;
    this.#lines = text.split("\n").length - 1;
  }
}

/** All of it or nothing. */
function rewrite(file: string, lines: readonly string[]): void {
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { force: true });
  append(unfinished, `${lines.join("\n")}\n`);
  renameSync(unfinished, file);
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
