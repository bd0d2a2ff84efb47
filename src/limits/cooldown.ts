/** What may be done once in a while: by whom it was done last, and when it may be done again. */
import type { Clock } from "../clock.js";

export class Cooldown {
  readonly #doneAt = new Map<string, number>();

  constructor(
    private readonly gapMs: number,
    private readonly clock: Clock,
  ) {}

  /** Takes the turn of `key`; returns when the next one comes where it is too early. */
  claim(key: string): number | undefined {
    const now = this.clock();
    const next = (this.#doneAt.get(key) ?? Number.NEGATIVE_INFINITY) + this.gapMs;
    if (now < next) return next;
    this.#doneAt.set(key, now);
    return undefined;
  }

  /** Gives a turn back that was of no use. */
  release(key: string): void {
    this.#doneAt.delete(key);
  }
}
