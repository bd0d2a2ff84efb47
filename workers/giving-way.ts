/**
 * How a training gives way to what members wait for. The event loop's thread says, in memory that
 * both share, how many interactive calls wait and that it is on time; the training's thread looks
 * there between its steps and waits while somebody else does. Knows no verbs and no training.
 */
import { sharedMsBetween, sharedNow } from "./shared-clock.js";

/** What the shared memory holds, as 32-bit numbers. */
const CALLS = 0;
const BEAT = 1;
const FIELDS = 2;
/** The event loop says so often that it is there, ... */
const BEAT_MS = 10;
/** ... and is late when it has said nothing for so long. */
const LATE_MS = 20;
/** A late event loop is looked at so often. */
const LOOK_MS = 5;
/**
 * A training waits at most so many times as long as it has worked, so that it ends in four times its
 * time at most, ...
 */
const WAIT_FOR_WORK = 3;
/** ... and for no longer than this at once. */
const LONGEST_WAIT_MS = 500;

/** The event loop's side: counts the calls that members wait for. */
export class WaitingCalls {
  readonly memory = new SharedArrayBuffer(FIELDS * Int32Array.BYTES_PER_ELEMENT);
  readonly #fields = new Int32Array(this.memory);

  constructor() {
    this.#beat();
  }

  /** Counts a call until its result has arrived here. */
  async during<Result>(call: () => Promise<Result>): Promise<Result> {
    Atomics.add(this.#fields, CALLS, 1);
    try {
      return await call();
    } finally {
      if (Atomics.sub(this.#fields, CALLS, 1) === 1) Atomics.notify(this.#fields, CALLS);
    }
  }

  /** Says that the event loop is on time for as long as `action` takes. */
  async beating<Result>(action: () => Promise<Result>): Promise<Result> {
    this.#beat();
    const timer = setInterval(() => this.#beat(), BEAT_MS).unref();
    try {
      return await action();
    } finally {
      clearInterval(timer);
    }
  }

  #beat(): void {
    Atomics.store(this.#fields, BEAT, sharedNow());
  }
}

/** What a training looks at and waits with. */
export interface WaitingClock {
  /** Milliseconds. */
  now(): number;
  /** Waits up to `ms` for `fields[index]` to be told, unless it is no longer `value`. */
  wait(fields: Int32Array, index: number, value: number, ms: number): void;
}

const CLOCK: WaitingClock = {
  now: () => performance.now(),
  wait: (fields, index, value, ms) => void Atomics.wait(fields, index, value, ms),
};

/** The training's side. */
export class GivingWay {
  readonly #fields: Int32Array;
  #worksSince: number;
  /** For how long it may wait now, in milliseconds. */
  #allowance = 0;
  #waitedMs = 0;

  constructor(
    memory: SharedArrayBuffer,
    private readonly clock: WaitingClock = CLOCK,
  ) {
    this.#fields = new Int32Array(memory);
    this.#worksSince = clock.now();
  }

  /** For how long the training has waited. */
  get waitedSeconds(): number {
    return this.#waitedMs / 1000;
  }

  /** Between two steps: waits while a member does, for as long as the work so far allows. */
  readonly pause = (): void => {
    const startedAt = this.clock.now();
    const earned = WAIT_FOR_WORK * (startedAt - this.#worksSince);
    this.#allowance = Math.min(LONGEST_WAIT_MS, this.#allowance + earned);
    const until = startedAt + this.#allowance;
    let at = startedAt;
    while (at < until && this.#waitOnce(until - at)) at = this.clock.now();
    this.#allowance -= at - startedAt;
    this.#waitedMs += at - startedAt;
    this.#worksSince = at;
  };

  /** Waits up to `ms`. Returns false, and waits for nothing, if nobody else does. */
  #waitOnce(ms: number): boolean {
    const calls = Atomics.load(this.#fields, CALLS);
    if (calls > 0) this.clock.wait(this.#fields, CALLS, calls, ms);
    else if (this.#isLate()) this.clock.wait(this.#fields, CALLS, 0, Math.min(ms, LOOK_MS));
    else return false;
    return true;
  }

  #isLate(): boolean {
    return sharedMsBetween(Atomics.load(this.#fields, BEAT), sharedNow()) > LATE_MS;
  }
}
