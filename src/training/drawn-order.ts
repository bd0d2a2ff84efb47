/** People in an order drawn by lot, of which one can read the first alone. Knows no records. */
import { createHash } from "node:crypto";

/** Sorting all people at once would keep the event loop for too long where there are a million. */
const BUCKETS = 4_096;
const HASH_BITS = 32;

interface Drawn<Person> {
  readonly lot: number;
  readonly person: Person;
}

/** Orders people by the hash of their id and of a salt: another salt, another order, wherever they are stored. */
export class DrawnOrder<Person> {
  readonly #buckets = Array.from({ length: BUCKETS }, (): Drawn<Person>[] => []);

  constructor(private readonly salt: string) {}

  add(id: string, person: Person): void {
    const lot = createHash("sha256").update(`${this.salt}:${id}`).digest().readUInt32BE(0);
    this.#buckets[Math.floor((lot / 2 ** HASH_BITS) * BUCKETS)]!.push({ lot, person });
  }

  *[Symbol.iterator](): Generator<Person> {
    for (const bucket of this.#buckets) {
      bucket.sort((first, second) => first.lot - second.lot);
      for (const { person } of bucket) yield person;
    }
  }

  /** The people in order, `size` at a time. */
  *pages(size: number): Generator<Person[]> {
    let page: Person[] = [];
    for (const person of this) {
      page.push(person);
      if (page.length < size) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }
}
