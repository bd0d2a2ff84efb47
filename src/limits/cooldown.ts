/** What may be done once in a while: when it was done last, and when it may be done again. */
import type { Clock } from "../shared/time.js";

/** This many are remembered at most; the oldest are dropped first. */
const MOST = 10_000;

export class Cooldown {
  /** The newest last. */
  readonly #doneAt = new Map<string, number>();

  constructor(
    private readonly gapMs: number,
    private readonly clock: Clock,
  ) {}

  /** When the turn of `key` comes; undefined for now. */
  next(key: string): number | undefined {
    const now = this.clock();
    const doneAt = this.#doneAt.get(key);
    if (doneAt === undefined) return undefined;
    // A clock that was set back makes nobody wait for longer than the gap.
    if (doneAt > now) this.#doneAt.set(key, now);
    const next = Math.min(doneAt, now) + this.gapMs;
    return now < next ? next : undefined;
  }

  /** Takes the turn of `key`; if it is too early, takes nothing and returns when the turn comes. */
  claim(key: string): number | undefined {
    const next = this.next(key);
    if (next !== undefined) return next;
    this.#doneAt.delete(key);
    this.#doneAt.set(key, this.clock());
    if (this.#doneAt.size > MOST) this.#doneAt.delete(this.#doneAt.keys().next().value!);
    return undefined;
  }

  /** Gives back a turn that was of no use. */
  release(key: string): void {
    this.#doneAt.delete(key);
  }
}
