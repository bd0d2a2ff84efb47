/**
 * Time limits: one for a request, which can also be cancelled from outside, and a wait that ends with
 * a signal. Made by hand: a signal of `AbortSignal.any` to which a library still listens is never
 * freed, and lets go of the `AbortSignal.timeout` that it was made of, which then never fires.
 */
import { setMaxListeners } from "node:events";

/** A time limit for one request, which may also be given up from outside. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #giveUp = () => this.#controller.abort(this.outer?.reason);

  /** Over after `milliseconds`, with what `reason` gives, or as soon as `outer` aborts, with its reason. */
  constructor(
    milliseconds: number,
    reason: () => Error = timeoutError,
    private readonly outer?: AbortSignal,
  ) {
    this.#timer = setTimeout(() => this.#controller.abort(reason()), milliseconds);
    // Every request listens to it several times.
    setMaxListeners(0, this.#controller.signal);
    if (outer?.aborted) this.#giveUp();
    else outer?.addEventListener("abort", this.#giveUp, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** It is over now, for this reason. */
  endWith(reason: Error): void {
    this.#controller.abort(reason);
  }

  /** From now on there is no hurry; it may still be given up. */
  lift(): void {
    clearTimeout(this.#timer);
  }

  /** To be called when what it limits is over, however it went. */
  end(): void {
    this.lift();
    this.outer?.removeEventListener("abort", this.#giveUp);
  }
}

function timeoutError(): Error {
  return new DOMException("The time limit is over.", "TimeoutError");
}

/** What `promise` resolves to; rejects with the signal's reason as soon as the signal aborts. */
export async function untilAborted<Result>(
  promise: PromiseLike<Result>,
  signal: AbortSignal,
): Promise<Result> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
