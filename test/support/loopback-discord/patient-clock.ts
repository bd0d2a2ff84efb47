/**
 * The clock of Discord's deadlines. A machine so busy that nothing runs for a while is no bot that is
 * slow, so such a gap counts for little. Tests can let time pass.
 */

const TICK_MS = 20;
const LONGEST_TICK_MS = 60;

export class PatientClock {
  #now = 0;
  #ticked = performance.now();
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);

  constructor() {
    this.#timer.unref();
  }

  /** Milliseconds since some moment. */
  get now(): number {
    return this.#now;
  }

  /** Lets `ms` milliseconds pass at once. */
  pass(ms: number): void {
    this.#now += ms;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    this.#now += Math.min(LONGEST_TICK_MS, now - this.#ticked);
    this.#ticked = now;
  }
}
