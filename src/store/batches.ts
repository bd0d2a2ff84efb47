/**
 * One call for many: what comes in while a call is under way waits and goes out together with the
 * next one. Knows nothing of what it carries.
 */

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

export interface BatchesOptions<Item, Result> {
  /** Does all of `items`, in order; one result for each. Never called twice at a time. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** In one call at most. */
  readonly mostItems: number;
}

export class Batches<Item, Result> {
  #waiting: Waiting<Item, Result>[] = [];
  /** What has to happen alone, before the next call. */
  readonly #alone: (() => Promise<void>)[] = [];
  #working = false;

  constructor(private readonly options: BatchesOptions<Item, Result>) {}

  /** The result for `item`; rejects with what the call that it went out with has thrown. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#start();
    });
  }

  /** Runs `action` while no call is under way. */
  alone<Done>(action: () => Promise<Done>): Promise<Done> {
    return new Promise((resolve, reject) => {
      this.#alone.push(() => action().then(resolve, reject));
      this.#start();
    });
  }

  #start(): void {
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (;;) {
      const action = this.#alone.shift();
      if (action !== undefined) await action();
      else if (this.#waiting.length > 0) await this.#runNext();
      else break;
    }
    this.#working = false;
  }

  async #runNext(): Promise<void> {
    const { run, mostItems } = this.options;
    const batch = this.#waiting.splice(0, mostItems);
    try {
      const results = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, at) => {
        resolve(results[at]!);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
