/** The counts of a few days in memory, so that a clock that is set forward and back finds its own again. */
import type { DayCountRecord } from "../store/records.js";

/** Days that are kept: today, and those that were it last. */
const MOST_DAYS = 3;
const NOTHING: DayCountRecord = { messages: 0, ballots: 0, tokens: 0 };

/** What was counted on one day. */
export class DayPage {
  readonly #counts = new Map<string, DayCountRecord>();
  /** From before the last restart, by hash; a name takes its own over when it first turns up. */
  readonly kept = new Map<string, DayCountRecord>();
  /** Names whose counts are not in the store yet. */
  readonly unwritten = new Set<string>();
  isSecretKept = false;

  /** `secret` makes the keys under which counts are stored, in base64. */
  constructor(readonly secret: string) {}

  /** `keyOf` gives the stored key of a name that has not turned up since the start. */
  of(name: string, keyOf?: () => string): DayCountRecord {
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    const record = (keyOf && this.kept.get(keyOf())) ?? NOTHING;
    this.#counts.set(name, record);
    return record;
  }

  change(name: string, record: DayCountRecord): void {
    this.#counts.set(name, record);
    this.unwritten.add(name);
  }
}

export class DayPages {
  /** The one that was today last is the last one. */
  readonly #pages = new Map<string, DayPage>();
  /** Whether the store may hold days that are not kept any more. */
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

  /** Adds a page as the one that was today last. */
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
