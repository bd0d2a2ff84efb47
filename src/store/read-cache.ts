/**
 * Caches the texts of records that were asked for lately, and what was made of them. What is written
 * goes into it as well. Only for a process that is the only one to write to the store. Knows no records.
 */
import { LRUCache } from "lru-cache";
import type { Write } from "./engine.js";
import type { StoredText } from "./stored-text.js";

/** For all cached texts together; with what is made of them they take three to five times as much in memory. */
const MOST_CHARACTERS = 8_000_000;
/** For the entry itself; all it takes if there is no record. */
const ENTRY_CHARACTERS = 300;
/** The command line restores versions of the base rewards while the bot runs. */
const WRITTEN_BY_OTHERS = /^(?:current-)?model:/;

export class CachedText {
  #made: { readonly value: unknown } | undefined;

  constructor(readonly text: StoredText) {}

  /** What `make` makes of the text, made once. */
  made<Value>(make: (text: StoredText) => Value): Value {
    this.#made ??= { value: make(this.text) };
    return this.#made.value as Value;
  }
}

/**
 * Texts by their full keys, also that there is none. The oldest in use go first. It never holds an older
 * text than the store once a write has ended: each write is told to it, and what was read while a write
 * ended is not cached.
 */
export class ReadCache {
  readonly #cached = new LRUCache<string, CachedText>({ maxSize: MOST_CHARACTERS });
  /** For each reading on its way the keys whose writes have ended since it began. */
  readonly #readings = new Set<Set<string>>();

  get(key: string): CachedText | undefined {
    return this.#cached.get(key);
  }

  /** The texts under `keys` that `read` finds, cached by the way. Throws what `read` throws. */
  async reading(
    keys: readonly string[],
    read: () => Promise<ReadonlyMap<string, StoredText>>,
  ): Promise<ReadonlyMap<string, StoredText>> {
    const overtaken = new Set<string>();
    this.#readings.add(overtaken);
    try {
      const texts = await read();
      for (const key of keys) if (!overtaken.has(key)) this.#put(key, texts.get(key));
      return texts;
    } finally {
      this.#readings.delete(overtaken);
    }
  }

  /**
   * The texts under `keys`, of which `read` is asked for those that are not cached, while nothing is
   * written. That there is no record is not cached: such conditions are about new ones.
   */
  async texts(
    keys: readonly string[],
    read: (unknown: readonly string[]) => Promise<ReadonlyMap<string, StoredText>>,
  ): Promise<Map<string, StoredText>> {
    const texts = new Map(keys.map((key) => [key, this.#cached.get(key)]));
    const unknown = [...texts.keys()].filter((key) => texts.get(key) === undefined);
    const found = await read(unknown);
    for (const [key, text] of found) this.#put(key, text);
    return new Map([...texts].map(([key, known]) => [key, known ? known.text : found.get(key)]));
  }

  /**
   * To be called right after `writes` were done, in the order in which they were done. What is removed
   * is not remembered, its key neither. What was not asked for before may never be.
   */
  written(writes: readonly Write[]): void {
    this.#overtake(writes.map(({ key }) => key));
    for (const { key, text } of writes) {
      if (text === null) this.#cached.delete(key);
      else if (this.#cached.has(key)) this.#put(key, text);
    }
  }

  /** To be called when a write of `keys` has failed: perhaps it was done. */
  unknown(keys: readonly string[]): void {
    this.#overtake(keys);
    for (const key of keys) this.#cached.delete(key);
  }

  #overtake(keys: readonly string[]): void {
    for (const reading of this.#readings) for (const key of keys) reading.add(key);
  }

  #put(key: string, text: StoredText): void {
    if (WRITTEN_BY_OTHERS.test(key)) return;
    const size = (text?.length ?? 0) + ENTRY_CHARACTERS;
    this.#cached.set(key, new CachedText(text), { size });
  }
}
