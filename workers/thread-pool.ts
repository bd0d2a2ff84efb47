/**
 * Piscina with an end, and with one for a thread that hangs. A thread that is ended while it still loads
 * its modules can take the whole process with it (V8 gives up on a half-linked module), so nothing is
 * given to a thread, and none is ended, before it has loaded. Knows no verbs.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { Piscina } from "piscina";

/** What a thread says of itself once its modules are there. */
export interface LoadedMessage {
  readonly loadedThread: number;
}

const CHECK_MS = 5;
/** A thread that has not loaded by then never will; shorter than the end of the program may take. */
const LONGEST_LOADING_MS = 5_000;

/** A destroyed Piscina keeps tasks waiting for ever; this one knows that it is closed. */
export class ThreadPool extends Piscina {
  closed = false;
  readonly #loaded = new Set<number>();
  #hasStarted = false;
  #endingHung = 0;

  constructor(options: ConstructorParameters<typeof Piscina>[0]) {
    super(options);
    this.on("message", (message: unknown) => {
      if (isLoadedMessage(message)) this.#loaded.add(message.loadedThread);
    });
  }

  /** Resolves once the threads that the pool begins with have loaded; Piscina waits for later ones. */
  async started(): Promise<void> {
    if (this.#hasStarted) return;
    await this.#allLoaded();
    this.#hasStarted = true;
  }

  /** Ends all threads, each once it has loaded; running tasks are refused. */
  async end(): Promise<void> {
    this.closed = true;
    await this.#allLoaded();
    await this.destroy();
  }

  /** Whether the calls that fail now do so because their thread hung. */
  get isEndingHung(): boolean {
    return this.#endingHung > 0;
  }

  /** Ends the thread `id`, which hangs; the calls that it had are refused, and another takes its place. */
  async endHung(id: number): Promise<void> {
    const thread = this.threads.find(({ threadId }) => threadId === id);
    if (thread === undefined || this.closed) return;
    this.#endingHung++;
    await thread.terminate();
    // Whoever waits for its calls is told first.
    await nextTurn();
    this.#endingHung--;
  }

  async #allLoaded(): Promise<void> {
    const deadline = performance.now() + LONGEST_LOADING_MS;
    const isLoading = () => this.threads.some(({ threadId }) => !this.#knows(threadId));
    while (isLoading() && performance.now() < deadline) await sleep(CHECK_MS);
  }

  /** Node gives a thread that has ended the id -1. */
  #knows(threadId: number): boolean {
    return threadId === -1 || this.#loaded.has(threadId);
  }
}

function isLoadedMessage(message: unknown): message is LoadedMessage {
  return typeof message === "object" && message !== null && "loadedThread" in message;
}
