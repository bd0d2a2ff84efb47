/**
 * A time limit for one request, which may also be given up from outside. Made by hand: a signal of
 * `AbortSignal.any` to which a library still listens is never freed, and lets go of the
 * `AbortSignal.timeout` that it was made of, which then never fires.
 */
import { setMaxListeners } from "node:events";

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
