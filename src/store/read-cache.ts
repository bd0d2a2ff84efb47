/** Caches what was read from the store lately. Only for a process that is the only one to write to it. */
import { LRUCache } from "lru-cache";
import type { Fingerprint } from "./unchanged.js";

/** For the texts of all cached records together; in memory they take two to four times as much. */
const MOST_CHARACTERS = 3_000_000;
/** For the entry itself; all it takes if there is no record. */
const ENTRY_CHARACTERS = 300;

interface Cached {
  readonly value: unknown;
  readonly fingerprint: Fingerprint;
}

/** A reading on its way. A write that ends meanwhile makes what it finds out of date. */
interface Reading {
  overtaken: boolean;
}

/** A record, or that there is none, and by what its text is known. */
export interface Known<Value> {
  readonly value: Value | undefined;
  readonly fingerprint: Fingerprint;
}

/** The same as a reader finds it, and how long the text is. */
export interface Found<Value> extends Known<Value> {
  readonly characters: number;
}

/** Records by their full keys, also that there is none. The oldest in use go first. */
export class ReadCache {
  readonly #cached = new LRUCache<string, Cached>({ maxSize: MOST_CHARACTERS });
  readonly #readings = new Map<string, Set<Reading>>();

  /** What is cached under `key`, else what `read` finds. Throws what `read` throws. */
  async get<Value>(key: string, read: () => Promise<Found<Value>>): Promise<Known<Value>> {
    const cached = this.#cached.get(key);
    if (cached !== undefined) return cached as Known<Value>;
    const reading: Reading = { overtaken: false };
    const readings = this.#readings.get(key) ?? new Set();
    this.#readings.set(key, readings.add(reading));
    try {
      const { characters, ...known } = await read();
      if (!reading.overtaken) this.#cached.set(key, known, { size: characters + ENTRY_CHARACTERS });
      return known;
    } finally {
      readings.delete(reading);
      if (readings.size === 0) this.#readings.delete(key);
    }
  }

  /** To be called when a write of `keys` has ended, whether it was done or not. */
  written(keys: Iterable<string>): void {
    for (const key of keys) {
      this.#cached.delete(key);
      for (const reading of this.#readings.get(key) ?? []) reading.overtaken = true;
    }
  }
}
