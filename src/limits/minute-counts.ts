/** Messages of this minute, by member, channel and server. In memory alone. */
import type { Clock } from "../shared/time.js";

const MINUTE_MS = 60_000;

export class MinuteCounts {
  #minute = 0;
  readonly #counts = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  of(name: string): number {
    this.#turnPage();
    return this.#counts.get(name) ?? 0;
  }

  add(name: string): void {
    this.#counts.set(name, this.of(name) + 1);
  }

  #turnPage(): void {
    const minute = Math.floor(this.clock() / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.#counts.clear();
  }
}
