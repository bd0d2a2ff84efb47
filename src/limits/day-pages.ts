/**
 * The counts of a few days in memory, so that a clock that is set forward and back finds its own again.
 * Knows no store.
 */
import type { DayCountRecord } from "../store/records.js";
import type { DayKeys } from "./day-keys.js";

/** Days in memory: today, and the last ones before it. */
const MOST_DAYS = 3;

export const NOTHING: DayCountRecord = { messages: 0, ballots: 0, tokens: 0 };

/**
 * What one name has used on one day. Tokens are paid for ahead: they are in the stored sum before they
 * are spent, so that a process that dies has spent no more than what is stored.
 */
export class DayCount {
  /** Of messages and ballots. */
  #unwritten = { messages: 0, ballots: 0 };
  /** Tokens that this process has put into the stored sum, and has not spent; negative if it owes some. */
  #spare = 0;
  /** Those of them that requests under way may need. */
  #held = 0;
  /** Since the last {@link change}, and between the two before it. */
  #spentLately = 0;
  #spentBefore = 0;
  /** Since the last {@link change}, ahead or not. */
  #paidLately = 0;

  #stored: DayCountRecord | undefined;

  constructor(stored: DayCountRecord | undefined) {
    this.#stored = stored;
  }

  /** The sum over all processes as it was seen last; undefined where nothing was stored. */
  get stored(): DayCountRecord | undefined {
    return this.#stored;
  }

  /** What was used: by others as far as it is known, which may hold what they have not spent yet. */
  get used(): DayCountRecord {
    const { messages, ballots, tokens } = this.#stored ?? NOTHING;
    return {
      messages: messages + this.#unwritten.messages,
      ballots: ballots + this.#unwritten.ballots,
      tokens: tokens - this.#spare,
    };
  }

  /** Tokens that are paid for and that nothing under way may need. */
  get free(): number {
    return this.#spare - this.#held;
  }

  /** As many tokens as went from one {@link change} to the next. */
  get recent(): number {
    return Math.max(this.#spentLately, this.#spentBefore);
  }

  add(unit: "messages" | "ballots", amount: number): void {
    this.#unwritten[unit] += amount;
  }

  spend(tokens: number): void {
    this.#spare -= tokens;
    this.#spentLately += tokens;
  }

  hold(tokens: number): void {
    this.#held += tokens;
  }

  /** Whether `most` is enough for so many more, as far as is known. */
  hasRoom(tokens: number, most: number): boolean {
    return this.used.tokens + this.#held + tokens <= most;
  }

  release(tokens: number): void {
    this.#held -= tokens;
  }

  /**
   * What is to be added to the stored sum: what is owed; or taken from it, because it is not needed any
   * more. That is not spare from now on, whether or not the store takes it back.
   */
  change(): DayCountRecord {
    // As much as went lately stays paid for, and what was paid lately.
    const lately = Math.max(this.#spentLately, this.#paidLately);
    const kept = Math.max(0, Math.min(this.#spare, this.#held + lately));
    const tokens = kept - this.#spare;
    this.#spentBefore = this.#spentLately;
    this.#spentLately = 0;
    this.#paidLately = 0;
    if (tokens < 0) this.#spare = kept;
    return { ...this.#unwritten, tokens };
  }

  /** `change` was added, and `sum` is stored now. */
  wrote(change: DayCountRecord, sum: DayCountRecord): void {
    this.#unwritten.messages -= change.messages;
    this.#unwritten.ballots -= change.ballots;
    this.#spare += Math.max(0, change.tokens);
    this.#paidLately += Math.max(0, change.tokens);
    this.#stored = sum;
  }
}

/** What was counted on one day. */
export class DayPage {
  readonly #counts = new Map<string, DayCount>();
  /** Counts from before the last restart, by key; each is taken over when its name first turns up. */
  readonly stored = new Map<string, DayCountRecord>();
  /** Names whose counts are to be written. */
  readonly unwritten = new Set<string>();
  /** Whether all processes have agreed on the secret. */
  isAgreed = false;
  #keys: DayKeys;

  constructor(keys: DayKeys) {
    this.#keys = keys;
  }

  get secret(): string {
    return this.#keys.secret;
  }

  /** From now on the keys of all names are made with the secret of `keys`. */
  agree(keys: DayKeys): void {
    if (keys.secret !== this.secret) this.#keys = keys;
    this.isAgreed = true;
  }

  /** The key of the stored count of `name`. */
  keyOf(name: string): string {
    return this.#keys.of(name);
  }

  of(name: string): DayCount {
    let count = this.#counts.get(name);
    if (count === undefined) {
      count = new DayCount(this.stored.get(this.keyOf(name)));
      this.#counts.set(name, count);
    }
    return count;
  }
}

export class DayPages {
  /** The day that was most recently today comes last. */
  readonly #pages = new Map<string, DayPage>();
  /** Whether the store may hold days that are too old. */
  mayHaveOld = true;

  constructor(private readonly newKeys: (day: string) => DayKeys) {}

  /** The page of `day`; from now on that is today, unless `isToday` is false. */
  at(day: string, isToday = true): DayPage {
    const known = this.#pages.get(day);
    if (known !== undefined && (!isToday || this.#last() === day)) return known;
    const page = known ?? new DayPage(this.newKeys(day));
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
