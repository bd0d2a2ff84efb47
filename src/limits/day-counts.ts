/**
 * What each member, channel and server has used today (UTC): counted in memory, written a little
 * later, and read again at the start. Knows no limits.
 */
import { createHmac, randomBytes } from "node:crypto";
import type { Log } from "../shared/log.js";
import { atHalfSpeed } from "../shared/pacing.js";
import { type Clock, dayOf } from "../shared/time.js";
import type { DayCountRecord, DaySecretRecord } from "../store/records.js";
import type { Repository } from "../store/repository.js";
import { StoreUnavailableError } from "../store/store-error.js";
import { DayPage, DayPages } from "./day-pages.js";

/** A killed process forgets at most this much. */
const WRITE_AFTER_MS = 5_000;
/** Written at the same time; with a thousand, every answer would have to wait. */
const AT_ONCE = 25;
const SECRET_BYTES = 32;

export interface DayCountsOptions {
  readonly records: Repository<DayCountRecord>;
  readonly secrets: Repository<DaySecretRecord>;
  /** With it, the store alone does not reveal whose a count is. */
  readonly encryptionKey?: Uint8Array | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export class DayCounts {
  readonly #pages: DayPages;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(private readonly options: DayCountsOptions) {
    this.#pages = new DayPages(() => randomBytes(SECRET_BYTES).toString("base64"));
  }

  /** With what was counted before the last restart. Throws `StoreError`. */
  static async open(options: DayCountsOptions): Promise<DayCounts> {
    const counts = new DayCounts(options);
    for await (const [day, { secret }] of options.secrets.entries()) {
      const page = new DayPage(secret);
      page.isSecretStored = true;
      for await (const [key, record] of options.records.entries(`${day}:`)) {
        page.stored.set(key, record);
      }
      counts.#pages.put(day, page);
    }
    return counts;
  }

  /** Today's counts of `name`, a member, a channel or a server. */
  of(name: string): DayCountRecord {
    const day = this.#today();
    return this.#pages.at(day).of(name, () => this.#key(day, name));
  }

  add(name: string, unit: keyof DayCountRecord, amount: number): void {
    const before = this.of(name);
    this.#pages.at(this.#today()).change(name, { ...before, [unit]: before[unit] + amount });
    this.#timer ??= setTimeout(() => void this.write(), WRITE_AFTER_MS).unref();
  }

  /**
   * Writes what has changed, and deletes days that are long past. Never throws: what the store refuses
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
      this.#pages.at(this.#today());
      if (this.#pages.mayHaveOld) await this.#deleteOld();
      for (const [day, page] of this.#pages.all()) await this.#writePage(day, page);
    } catch (error) {
      if (error instanceof StoreUnavailableError) return;
      this.options.log.warn({ event: "limits.unwritten", err: error });
    }
  }

  async #writePage(day: string, page: DayPage): Promise<void> {
    if (page.unwritten.size > 0 && !page.isSecretStored) {
      await this.options.secrets.set(day, { secret: page.secret });
      page.isSecretStored = true;
    }
    while (page.unwritten.size > 0) await atHalfSpeed(() => this.#writeSome(day, page));
  }

  async #writeSome(day: string, page: DayPage): Promise<void> {
    const names = [...page.unwritten].slice(0, AT_ONCE);
    for (const name of names) page.unwritten.delete(name);
    const writes = await Promise.allSettled(
      names.map((name) => this.options.records.set(this.#key(day, name), page.of(name))),
    );
    const failed = names.filter((_, at) => writes[at]!.status === "rejected");
    for (const name of failed) page.unwritten.add(name);
    for (const write of writes) if (write.status === "rejected") throw write.reason;
  }

  async #deleteOld(): Promise<void> {
    const { records, secrets } = this.options;
    for await (const prefix of records.beginnings(1)) {
      if (!this.#pages.has(prefix.slice(0, -1))) await records.deleteAll(prefix);
    }
    const oldDays: string[] = [];
    for await (const [day] of secrets.entries()) if (!this.#pages.has(day)) oldDays.push(day);
    await secrets.deleteMany(oldDays);
    this.#pages.mayHaveOld = false;
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
