/**
 * Batches on several connections: what comes in within one turn of the event loop, or while all are busy,
 * goes out together, and what is about the same key goes out in the order in which it came. Knows nothing
 * of what it carries.
 */

export interface BatchLanesOptions<Item, Result> {
  /** How many batches may be under way. */
  readonly lanes: number;
  readonly mostItems: number;
  /** Of all items of a batch together, unless one alone has more; no limit if not given. */
  readonly mostKeys?: number;
  /** What an item has to itself while it is under way. */
  readonly keysOf: (item: Item) => readonly string[];
  /** Does all of `items`, in order; one result for each. */
  readonly run: (items: readonly Item[], lane: number) => Promise<readonly Result[]>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly keys: readonly string[];
  resolve(result: Result): void;
  reject(error: unknown): void;
}

export class BatchLanes<Item, Result> {
  #waiting: Waiting<Item, Result>[] = [];
  /** Keys under way. No two batches have one in common. */
  readonly #busy = new Set<string>();
  readonly #free: number[];
  #isStarting = false;

  constructor(private readonly options: BatchLanesOptions<Item, Result>) {
    this.#free = Array.from({ length: options.lanes }, (_, lane) => lane);
  }

  /** The result for `item`; rejects with what the batch that it went out with has thrown. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, keys: this.options.keysOf(item), resolve, reject });
      this.#startSoon();
    });
  }

  /** When all that is done in this turn has asked for what it wants. */
  #startSoon(): void {
    if (this.#isStarting || this.#free.length === 0) return;
    this.#isStarting = true;
    setImmediate(() => {
      this.#isStarting = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#free.length > 0 && this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      if (batch.length === 0) return;
      void this.#run(batch, this.#free.pop()!);
    }
  }

  /** The first that wait for nobody: not for a batch under way, and not for one that waits before them. */
  #takeBatch(): Waiting<Item, Result>[] {
    const taken: Waiting<Item, Result>[] = [];
    const left: Waiting<Item, Result>[] = [];
    const held = new Set(this.#busy);
    const { mostItems, mostKeys = Number.POSITIVE_INFINITY } = this.options;
    let keys = 0;
    for (const one of this.#waiting) {
      const hasRoom =
        taken.length < mostItems && (taken.length === 0 || keys + one.keys.length <= mostKeys);
      if (hasRoom && !one.keys.some((key) => held.has(key))) {
        taken.push(one);
        keys += one.keys.length;
      } else {
        left.push(one);
        for (const key of one.keys) held.add(key);
      }
    }
    this.#waiting = left;
    for (const { keys } of taken) for (const key of keys) this.#busy.add(key);
    return taken;
  }

  async #run(batch: readonly Waiting<Item, Result>[], lane: number): Promise<void> {
    try {
      const results = await this.options.run(
        batch.map(({ item }) => item),
        lane,
      );
      batch.forEach(({ resolve }, at) => {
        resolve(results[at]!);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    for (const { keys } of batch) for (const key of keys) this.#busy.delete(key);
    this.#free.push(lane);
    this.#start();
  }
}
