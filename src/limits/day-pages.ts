/** The counts of a few days in memory, so that a clock that is set forward and back finds its own again. */
import type { DayCountRecord } from "../store/records.js";

/** Days in memory: today, and the last ones before it. */
const MOST_DAYS = 3;
const NOTHING: DayCountRecord = { messages: 0, ballots: 0, tokens: 0 };

/** What was counted on one day. */
export class DayPage {
  readonly #counts = new Map<string, DayCountRecord>();
  /** Counts from before the last restart, by hash; each is taken over when its name first turns up. */
  readonly stored = new Map<string, DayCountRecord>();
  /** Names whose counts are not in the store yet. */
  readonly unwritten = new Set<string>();
  isSecretStored = false;

  /** `secret` makes the keys under which counts are stored, in base64. */
  constructor(readonly secret: string) {}

  /** `keyOf` gives the stored key of a name that has not turned up since the start. */
  of(name: string, keyOf?: () => string): DayCountRecord {
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    const record = (keyOf && this.stored.get(keyOf())) ?? NOTHING;
    this.#counts.set(name, record);
    return record;
  }

  change(name: string, record: DayCountRecord): void {
    this.#counts.set(name, record);
    this.unwritten.add(name);
  }
}

export class DayPages {
  /** The day that was most recently today comes last. */
  readonly #pages = new Map<string, DayPage>();
  /** Whether the store may hold days that are too old. */
  mayHaveOld = true;

  constructor(private readonly newSecret: () => string) {}

  /** The page of `day`; from now on that is today, unless `isToday` is false. */
  at(day: string, isToday = true): DayPage {
    const known = this.#pages.get(day);
    if (known !== undefined && (!isToday || this.#last() === day)) return known;
    const page = known ?? new DayPage(this.newSecret());
    this.put(day, page);
    return page;
  }

  /** Adds a page as the most recent one. */
  put(day: string, page: DayPage): void {
    this.#pages.delete(day);
    this.#pages.set(day, page);
    while (this.#pages.size > MOST_DAYS) this.#pages.delete(this.#pages.keys().next().value!);
    this.mayHaveOld = true;
  }

  has(day: string): boolean {
    return this.#pages.has(day);
  }

  all(): [day: string, page: DayPage][] {
    return [...this.#pages];
  }

  #last(): string | undefined {
    return [...this.#pages.keys()].at(-1);
  }
}
