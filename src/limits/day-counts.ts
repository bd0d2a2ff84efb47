/**
 * What each member, channel and server has used today (UTC). Messages and ballots are counted in memory
 * and added up in the store a little later; tokens are paid for in the store before they are spent, so
 * that many processes together spend no more than they may. Knows no limits.
 */
import { createHmac, randomBytes } from "node:crypto";
import type { Log } from "../shared/log.js";
import { atHalfSpeed } from "../shared/pacing.js";
import { type Clock, dayOf } from "../shared/time.js";
import { changeRecord } from "../store/change-record.js";
import type { DayCountRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { StoreUnavailableError } from "../store/store-error.js";
import { type DayCount, DayPage, DayPages } from "./day-pages.js";
import { addUp, type Sum } from "./stored-sums.js";

/** A killed process forgets at most this much of messages and ballots. */
const WRITE_AFTER_MS = 5_000;
/** Written at the same time; with a thousand, every answer would have to wait. */
const AT_ONCE = 25;
const SECRET_BYTES = 32;
/** So many times what a request needs is paid for with it, for those that follow ... */
const AHEAD = 3;
/** ... but no more than this part of what is left, so that it is there for other processes. */
const MOST_AHEAD = 1 / 32;

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
  #timer: NodeJS.Timeout | undefined;
  /** Payments and writes, one after the other. */
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(private readonly options: DayCountsOptions) {
    this.#pages = new DayPages(() => randomBytes(SECRET_BYTES).toString("base64"));
  }

  /** With what was counted before the last restart. Throws `StoreError`. */
  static async open(options: DayCountsOptions): Promise<DayCounts> {
    const counts = new DayCounts(options);
    const { dayCounts, daySecrets } = options.store;
    for await (const [day, { secret }] of daySecrets.entries()) {
      const page = new DayPage(secret);
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
    const isPaid = () => counts.every((count) => count.free >= tokens);
    while (!isPaid()) {
      const outcome = await this.#alone(async () =>
        isPaid() ? PAID : this.#pay(day, tokens, bounds),
      );
      if (typeof outcome === "string") return outcome;
      if (outcome !== PAID) break;
    }
    for (const count of counts) count.hold(tokens);
    return () => {
      for (const [at, count] of counts.entries()) {
        count.release(tokens);
        this.#mark(day, bounds[at]![0]);
      }
    };
  }

  /**
   * Writes what has changed, and deletes days that are long past. Never throws: what the store refuses
   * is tried again with the next change.
   */
  write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#alone(() => this.#write());
  }

  /** Writes everything, and gives back what was paid for and not spent. Never throws. */
  async close(): Promise<void> {
    // What went lately stays paid for at first.
    for (let time = 0; time < 2; time++) await this.write();
    clearTimeout(this.#timer);
  }

  #alone<Result>(action: () => Promise<Result>): Promise<Result> {
    const done = this.#writing.catch(() => undefined).then(action);
    this.#writing = done;
    return done;
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
      let refused = await addUp(store, this.#payments(day, tokens, bounds, AHEAD * tokens));
      refused &&= await addUp(store, this.#payments(day, tokens, bounds, 0));
      if (refused !== undefined) return refused;
      for (const [name] of bounds) this.#mark(day, name);
      return PAID;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || !store.alone) throw error;
      const full = bounds.find(([name, most]) => !this.#count(day, name).hasRoom(tokens, most));
      return full === undefined ? KNOWN : full[0];
    }
  }

  /** What is missing of each, and up to `ahead` more. */
  #payments(day: string, tokens: number, bounds: readonly Bound[], ahead: number): Sum[] {
    return bounds.map(([name, most]) => {
      const count = this.#count(day, name);
      const left = Math.max(0, most - count.used.tokens);
      const missing = Math.max(0, tokens - count.free);
      const more = missing === 0 ? 0 : Math.min(ahead, Math.floor(left * MOST_AHEAD));
      const change = { messages: 0, ballots: 0, tokens: missing + more };
      return { key: this.#key(day, name), count, change, most, name };
    });
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
      await addUp(this.options.store, sums);
    } catch (error) {
      for (const name of names) page.unwritten.add(name);
      throw error;
    }
    // What stays paid for is given back next time if it is of no use.
    for (const { name, count } of all) if (count.free !== 0) this.#mark(day, name);
  }

  /** All processes have one secret for a day: that of the first. */
  async #agree(day: string, page: DayPage): Promise<void> {
    if (page.isAgreed) return;
    const { store } = this.options;
    const change = { store, repository: store.daySecrets, key: day };
    page.secret = await changeRecord(change, async (stored, write) => {
      if (stored !== undefined) return stored.secret;
      await write({ secret: page.secret });
      return page.secret;
    });
    page.isAgreed = true;
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
    return this.#pages.at(day, day === this.#today()).of(name, () => this.#key(day, name));
  }

  #mark(day: string, name: string): void {
    this.#pages.at(day, false).unwritten.add(name);
    this.#timer ??= setTimeout(() => void this.write(), WRITE_AFTER_MS).unref();
  }

  #today(): string {
    return dayOf(this.options.clock());
  }

  /** No id is stored: names are hashed with a secret of their day, which is deleted with it. */
  #key(day: string, name: string): string {
    const { secret } = this.#pages.at(day, false);
    const key = createHmac("sha256", this.options.encryptionKey ?? "")
      .update(Buffer.from(secret, "base64"))
      .digest();
    const hash = createHmac("sha256", key).update(name).digest("base64url");
    return `${day}:${hash.slice(0, 22)}`;
  }
}
