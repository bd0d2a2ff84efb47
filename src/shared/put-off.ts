/** Work that is put off a little, so that what comes meanwhile is done together with it. Knows no work. */
import { Coalescer } from "./pacing.js";

export interface PutOffOptions {
  readonly afterMs: number;
  /** Never runs twice at the same time. */
  readonly action: () => Promise<void>;
  /** Called with what the action has thrown when nobody waited for it. */
  readonly onError: (error: unknown) => void;
}

export class PutOff {
  #timer: NodeJS.Timeout | undefined;
  readonly #runs = new Coalescer();

  constructor(private readonly options: PutOffOptions) {}

  /** Lets the action run, some time from now. */
  ask(): void {
    this.#timer ??= setTimeout(() => {
      this.now().catch(this.options.onError);
    }, this.options.afterMs).unref();
  }

  /** Runs the action without waiting any longer; resolves or rejects with a run that began after this call. */
  now(): Promise<void> {
    this.cancel();
    return this.#runs.run("", this.options.action);
  }

  /** Nothing runs any more, unless it is asked for again. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
