/**
 * What each member, channel and server has used today (UTC): counted in memory, written behind, and
 * read again at the start. Knows no limits.
 */
import { createHash } from "node:crypto";
import { besideOthers } from "../beside-others.js";
import { type Clock, dayOf } from "../clock.js";
import type { Log } from "../log.js";
import type { DayCountRecord } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";
import { StoreUnavailableError } from "../storage/store-error.js";

/** What a killed process forgets at most. */
const WRITE_AFTER_MS = 5_000;
/** Written at the same time; with a thousand, everybody's answer would wait. */
const AT_ONCE = 25;

const NOTHING: DayCountRecord = { messages: 0, ballots: 0, tokens: 0 };

export interface DayCountsOptions {
  readonly records: Repository<DayCountRecord>;
  readonly clock: Clock;
  readonly log: Log;
}

export class DayCounts {
  #day: string;
  readonly #counts = new Map<string, DayCountRecord>();
  /** From before the last restart, by hash; a name takes its own over when it first turns up. */
  readonly #kept = new Map<string, DayCountRecord>();
  readonly #unwritten = new Set<string>();
  #mayHaveOld = true;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(private readonly options: DayCountsOptions) {
    this.#day = dayOf(options.clock());
  }

  /** With what was counted before today's last restart. Throws `StoreError`. */
  static async open(options: DayCountsOptions): Promise<DayCounts> {
    const counts = new DayCounts(options);
    for await (const [key, record] of options.records.entries(`${counts.#day}:`)) {
      counts.#kept.set(key, record);
    }
    return counts;
  }

  /** Today's counts of `name`, a member, a channel or a server. */
  of(name: string): DayCountRecord {
    this.#turnPage();
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    const record = this.#kept.get(this.#key(name)) ?? NOTHING;
    this.#counts.set(name, record);
    return record;
  }

  add(name: string, unit: keyof DayCountRecord, amount: number): void {
    const before = this.of(name);
    this.#counts.set(name, { ...before, [unit]: before[unit] + amount });
    this.#unwritten.add(name);
    this.#timer ??= setTimeout(() => void this.write(), WRITE_AFTER_MS).unref();
  }

  /**
   * Writes what has changed, and deletes what is of days before. Never throws: what a store refuses
   * is tried again with the next change.
   */
  write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    try {
      if (this.#mayHaveOld) await this.#deleteOld();
      while (this.#unwritten.size > 0) await besideOthers(() => this.#writeSome());
    } catch (error) {
      if (error instanceof StoreUnavailableError) return;
      this.options.log.warn({ event: "limits.unwritten", err: error });
    }
  }

  async #writeSome(): Promise<void> {
    const names = [...this.#unwritten].slice(0, AT_ONCE);
    for (const name of names) this.#unwritten.delete(name);
    const writes = await Promise.allSettled(names.map((name) => this.#writeOne(name)));
    for (const write of writes) if (write.status === "rejected") throw write.reason;
  }

  async #writeOne(name: string): Promise<void> {
    const count = this.#counts.get(name);
    if (count === undefined) return;
    try {
      await this.options.records.set(this.#key(name), count);
    } catch (error) {
      if (this.#counts.has(name)) this.#unwritten.add(name);
      throw error;
    }
  }

  async #deleteOld(): Promise<void> {
    const today = `${this.#day}:`;
    const old: string[] = [];
    for await (const [key] of this.options.records.entries()) {
      if (!key.startsWith(today)) old.push(key);
    }
    await this.options.records.deleteMany(old);
    this.#mayHaveOld = false;
  }

  #turnPage(): void {
    const today = dayOf(this.options.clock());
    if (today === this.#day) return;
    this.#day = today;
    this.#counts.clear();
    this.#kept.clear();
    this.#unwritten.clear();
    this.#mayHaveOld = true;
  }

  /** No id is kept: names are hashed, each day differently. */
  #key(name: string): string {
    const hash = createHash("sha256").update(`${this.#day} ${name}`).digest("base64url");
    return `${this.#day}:${hash.slice(0, 22)}`;
  }
}
