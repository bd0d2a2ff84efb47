/**
 * What was made of the texts of records lately, for a store to which other processes write as well: each is
 * read anew, and the same text need not be parsed and checked again. Knows no records.
 */
import { LRUCache } from "lru-cache";
import { CachedText } from "./read-cache.js";

/** For all texts together; with what is made of them they take three to five times as much in memory. */
const MOST_CHARACTERS = 4_000_000;
const ENTRY_CHARACTERS = 300;
/** What was deleted by another process is forgotten then. */
const LONGEST_KEPT_MS = 10 * 60_000;

export class ParsedTexts {
  readonly #kept = new LRUCache<string, CachedText>({
    maxSize: MOST_CHARACTERS,
    ttl: LONGEST_KEPT_MS,
    ttlResolution: 1_000,
  });

  /** What `make` makes of `text`, which was just read under `key`. Throws what it throws. */
  valueOf<Value>(key: string, text: string, make: (text: string) => Value): Value {
    const known = this.#kept.get(key);
    if (known?.text === text) return known.made(() => make(text));
    const parsed = new CachedText(text);
    const value = parsed.made(() => make(text));
    this.#kept.set(key, parsed, { size: text.length + ENTRY_CHARACTERS });
    return value;
  }

  /** There is nothing under `key` any more. */
  forget(key: string): void {
    this.#kept.delete(key);
  }
}
