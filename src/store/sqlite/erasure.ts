/**
 * Makes sure that nothing of what was deleted stays in the store's files: the write-ahead log is
 * carried over and cut off, and the unused room of all pages is overwritten. Knows no records.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Batches } from "../batches.js";
import { type ScrubbedAdapter, Scrubber } from "./scrubber.js";

const MOST_AT_ONCE = 1_000;
/** What is still found then stands in a record of somebody else. */
const MOST_SCRUBS = 3;
/** Going through a file that takes longer than this is followed by a rest, nine times as long. */
const SHORT_MS = 10_000;
const REST = 9;
const LONGEST_REST_MS = 15 * 60 * 1000;

export class Erasure {
  /** What is asked for while one is under way is done together, by the next one. */
  readonly #erasures = new Batches<readonly string[], undefined>({
    run: (all) => this.#erase(all),
    mostItems: MOST_AT_ONCE,
  });
  readonly #cuts = new Batches<undefined, undefined>({
    run: (all) => this.#cut(all),
    mostItems: MOST_AT_ONCE,
  });
  readonly #scrubber: Scrubber;
  readonly #stopping = new AbortController();
  /** When the next one may begin. */
  #restedAt = 0;

  constructor(path: string, adapter: ScrubbedAdapter) {
    this.#scrubber = new Scrubber(path, adapter);
  }

  /**
   * Resolves when nothing of what was deleted until now is in the database file or its log; `texts`
   * stood in it, and are looked for; none if they are not known. Waits for readers however long they take; rejects with SQLite's own
   * error, and when {@link stop} was called.
   */
  async erase(texts: readonly string[]): Promise<void> {
    await this.#cuts.add(undefined);
    await this.#erasures.add(texts);
  }

  /** Carries the whole log over into the file, and cuts it off; false if somebody reads it. */
  tryToCutLog(): Promise<boolean> {
    return this.#scrubber.tryToCutLog();
  }

  get isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Gives up what is under way; resolves when nothing is. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#scrubber.stop();
    for (const work of [this.#cuts, this.#erasures]) await work.alone(async () => undefined);
  }

  /** To be called last, when no connection to the file is open any more. */
  close(): Promise<void> {
    return this.#scrubber.close();
  }

  /** At once, whatever time the file takes. */
  async #cut(all: readonly undefined[]): Promise<readonly undefined[]> {
    await this.#scrubber.cutLog();
    return all;
  }

  async #erase(all: readonly (readonly string[])[]): Promise<undefined[]> {
    const rest = this.#restedAt - performance.now();
    if (rest > 0) await wait(rest, undefined, { signal: this.#stopping.signal });
    const startedAt = performance.now();
    await this.#scrubAll([...new Set(all.flat())]);
    const took = performance.now() - startedAt;
    const rested = took > SHORT_MS ? Math.min(REST * took, LONGEST_REST_MS) : 0;
    this.#restedAt = performance.now() + rested;
    return all.map(() => undefined);
  }

  /**
   * A page that changes places with another meanwhile can be missed: so it is looked whether all is gone,
   * or done twice if nobody knows what to look for.
   */
  async #scrubAll(texts: readonly string[]): Promise<void> {
    for (let time = 1; time <= MOST_SCRUBS; time++) {
      await this.#scrubber.scrub();
      await this.#scrubber.cutLog();
      if (texts.length === 0 ? time > 1 : !(await this.#scrubber.holdsAny(texts))) return;
    }
  }
}
