/**
 * What each member, channel and server has used today (UTC). Messages and ballots are counted in memory
 * and added up in the store a little later; tokens are paid for in the store before they are spent, so
 * that many processes together spend no more than they may. Knows no limits.
 */
import type { Log } from "../shared/log.js";
import { atHalfSpeed, Coalescer } from "../shared/pacing.js";
import { PutOff } from "../shared/put-off.js";
import { type Clock, dayOf } from "../shared/time.js";
import { changeRecord } from "../store/change-record.js";
import type { DayCountRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { StoreUnavailableError } from "../store/store-error.js";
import { DayKeys, newSecret } from "./day-keys.js";
import { type DayCount, DayPage, DayPages } from "./day-pages.js";
import { addUp, type Sum } from "./stored-sums.js";
import { type Draw, TokenPayments } from "./token-payments.js";

/** A killed process forgets at most this much of messages and ballots. */
const WRITE_AFTER_MS = 5_000;
/** Written at the same time; with a thousand, every answer would have to wait. */
const AT_ONCE = 25;

/** What was asked for is paid, or can't be and is there as far as is known. */
const PAID = Symbol("paid");
const KNOWN = Symbol("known");

/** How many tokens a name may have in a day. */
export type Bound = readonly [name: string, most: number];

/** Ends what was held for one request: what it took has been spent. */
export type Release = () => void;

export interface DayCountsOptions {
  readonly store: Pick<Store, "alone" | "dayCounts" | "daySecrets" | "writeTogether">;
  /** With it, the store alone does not reveal whose a count is. */
  readonly encryptionKey?: Uint8Array | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export class DayCounts {
  readonly #pages: DayPages;
  readonly #payments: TokenPayments;
  /** Tokens of the last request. */
  #lastHeld = 0;
  readonly #agreements = new Coalescer();
  readonly #writing = new PutOff({
    afterMs: WRITE_AFTER_MS,
    action: () => this.#write(),
    onError: () => undefined,
  });

  private constructor(private readonly options: DayCountsOptions) {
    this.#pages = new DayPages((day) => this.#keysOf(day, newSecret()));
    this.#payments = new TokenPayments(options.store);
  }

  /** With what was counted before the last restart. Throws `StoreError`. */
  static async open(options: DayCountsOptions): Promise<DayCounts> {
    const counts = new DayCounts(options);
    const { dayCounts, daySecrets } = options.store;
    for await (const [day, { secret }] of daySecrets.entries()) {
      const page = new DayPage(counts.#keysOf(day, secret));
      page.isAgreed = true;
      for await (const [key, record] of dayCounts.entries(`${day}:`)) page.stored.set(key, record);
      counts.#pages.put(day, page);
    }
    return counts;
  }

  /** Today's counts of `name`, a member, a channel or a server. */
  of(name: string): DayCountRecord {
    return this.#count(this.#today(), name).used;
  }

  add(name: string, unit: "messages" | "ballots", amount: number): void {
    const day = this.#today();
    this.#count(day, name).add(unit, amount);
    this.#mark(day, name);
  }

  /** Counts tokens that were spent. What was not held for them is paid for later. */
  spend(name: string, tokens: number): void {
    const day = this.#today();
    this.#count(day, name).spend(tokens);
    this.#mark(day, name);
  }

  /**
   * Holds `tokens` of each of `bounds` for a request that is about to be sent. Returns the name of which
   * so many are not left, and holds nothing then. While nothing can be stored, a process that has the
   * store to itself goes by what it knows, and any other by what is paid for: then this throws `StoreError`.
   */
  async hold(tokens: number, bounds: readonly Bound[]): Promise<Release | string> {
    const day = this.#today();
    const counts = bounds.map(([name]) => this.#count(day, name));
    while (!counts.every((count) => count.free >= tokens)) {
      const outcome = await this.#pay(day, tokens, bounds);
      if (typeof outcome === "string") return outcome;
      if (outcome === KNOWN) break;
    }
    this.#lastHeld = tokens;
    for (const count of counts) count.hold(tokens);
    return () => {
      for (const [at, count] of counts.entries()) {
        count.release(tokens);
        this.#mark(day, bounds[at]![0]);
      }
    };
  }

  /**
   * Begins to pay for a request as large as the last one, which is to be expected, so that it finds
   * enough. Holds nothing; what can't be paid now is paid or refused when it is held.
   */
  payAhead(bounds: readonly Bound[]): void {
    const day = this.#today();
    const tokens = this.#lastHeld;
    const counts = bounds.map(([name]) => this.#count(day, name));
    const isPaid = counts.every((count) => count.free >= tokens);
    const mayBePaid = counts.every((count, at) => count.hasRoom(tokens, bounds[at]![1]));
    if (isPaid || !mayBePaid) return;
    this.#pay(day, tokens, bounds).catch(() => undefined);
  }

  /**
   * Writes what has changed, and deletes days that are long past. Never throws: what the store refuses
   * is tried again with the next change.
   */
  write(): Promise<void> {
    return this.#writing.now();
  }

  /** Writes everything, and gives back what was paid for and not spent. Never throws. */
  async close(): Promise<void> {
    // What went lately stays paid for at first.
    for (let time = 0; time < 2; time++) await this.write();
    this.#writing.cancel();
  }

  /** Returns the name of which not enough is left, and pays nothing then. */
  async #pay(
    day: string,
    tokens: number,
    bounds: readonly Bound[],
  ): Promise<string | typeof PAID | typeof KNOWN> {
    const { store } = this.options;
    try {
      await this.#agree(day, this.#pages.at(day, false));
      const draws = bounds.map((bound) => this.#draw(day, bound));
      const refused = await this.#payments.pay({ tokens, draws });
      if (refused !== undefined) return refused;
      for (const [name] of bounds) this.#mark(day, name);
      return PAID;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || !store.alone) throw error;
      const full = bounds.find(([name, most]) => !this.#count(day, name).hasRoom(tokens, most));
      return full === undefined ? KNOWN : full[0];
    }
  }

  #draw(day: string, [name, most]: Bound): Draw {
    return { name, most, key: this.#key(day, name), count: this.#count(day, name) };
  }

  async #write(): Promise<void> {
    try {
      this.#pages.at(this.#today());
      if (this.#pages.mayHaveOld) await this.#deleteOld();
      for (const [day, page] of this.#pages.all()) await this.#writePage(day, page);
    } catch (error) {
      if (error instanceof StoreUnavailableError) return;
      this.options.log.warn({ event: "limits.unwritten", err: error });
    }
  }

  async #writePage(day: string, page: DayPage): Promise<void> {
    if (page.unwritten.size > 0) await this.#agree(day, page);
    const names = [...page.unwritten];
    for (let from = 0; from < names.length; from += AT_ONCE) {
      await atHalfSpeed(() => this.#writeSome(day, page, names.slice(from, from + AT_ONCE)));
    }
  }

  async #writeSome(day: string, page: DayPage, names: readonly string[]): Promise<void> {
    for (const name of names) page.unwritten.delete(name);
    const all = names.map((name): Sum => {
      const count = this.#count(day, name);
      return { key: this.#key(day, name), count, change: count.change(), name };
    });
    const sums = all.filter(({ change }) => Object.values(change).some((number) => number !== 0));
    try {
      // What goes back may be forgotten, and what is owed was spent beyond what may be taken.
      await addUp(this.options.store, sums, { durable: false });
    } catch (error) {
      for (const name of names) page.unwritten.add(name);
      throw error;
    }
    // What stays paid for is given back next time if it is of no use.
    for (const { name, count } of all) if (count.free !== 0) this.#mark(day, name);
  }

  /** All processes have one secret for a day: that of the first. */
  async #agree(day: string, page: DayPage): Promise<void> {
    if (!page.isAgreed) await this.#agreements.run(day, () => this.#agreeNow(day, page));
  }

  async #agreeNow(day: string, page: DayPage): Promise<void> {
    if (page.isAgreed) return;
    const { store } = this.options;
    const change = { store, repository: store.daySecrets, key: day };
    const { secret } = page;
    const agreed = await changeRecord(change, async (stored, write) => {
      if (stored !== undefined) return stored.secret;
      await write({ secret });
      return secret;
    });
    page.agree(this.#keysOf(day, agreed));
  }

  /** Only days before today: another process may be in the next one already. */
  async #deleteOld(): Promise<void> {
    const { dayCounts, daySecrets } = this.options.store;
    const today = this.#today();
    const isOld = (day: string) => !this.#pages.has(day) && day < today;
    const old: string[] = [];
    for await (const [key] of dayCounts.entries()) {
      if (isOld(key.slice(0, key.indexOf(":")))) old.push(key);
    }
    const oldDays: string[] = [];
    for await (const [day] of daySecrets.entries()) if (isOld(day)) oldDays.push(day);
    await dayCounts.deleteMany(old);
    await daySecrets.deleteMany(oldDays);
    this.#pages.mayHaveOld = false;
  }

  #count(day: string, name: string): DayCount {
    return this.#pages.at(day, day === this.#today()).of(name);
  }

  #mark(day: string, name: string): void {
    this.#pages.at(day, false).unwritten.add(name);
    this.#writing.ask();
  }

  #today(): string {
    return dayOf(this.options.clock());
  }

  #key(day: string, name: string): string {
    return this.#pages.at(day, false).keyOf(name);
  }

  #keysOf(day: string, secret: string): DayKeys {
    return new DayKeys(day, secret, this.options.encryptionKey);
  }
}
