/** How many tokens the language model took, day by day, and what that cost. */
import type { Prices } from "../config.js";
import { PutOff } from "../shared/put-off.js";
import { type Clock, dayOf } from "../shared/time.js";
import { changeRecord } from "../store/change-record.js";
import type { UsageRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { StoreUnavailableError } from "../store/store-error.js";

/** A killed process forgets at most this much. The bill is bounded by the day's counts, not by this. */
const WRITE_AFTER_MS = 2_000;

export type Tokens = Required<Omit<UsageRecord, "requests">>;

export interface UsageSummary extends UsageRecord {
  /** Dollars; undefined if no prices are configured. */
  readonly cost: number | undefined;
}

const MILLION = 1_000_000;

export class Usage {
  #unwritten = new Map<string, UsageRecord>();
  readonly #writing: PutOff;

  /** `onError` is called with what the store refuses while nobody waits for it; not with an outage. */
  constructor(
    private readonly store: Pick<Store, "usage" | "writeTogether">,
    private readonly clock: Clock,
    private readonly prices: Prices | undefined,
    private readonly onError: (error: unknown) => void = () => undefined,
  ) {
    const tell = (error: unknown) => this.#tell(error);
    this.#writing = new PutOff({
      afterMs: WRITE_AFTER_MS,
      action: () => this.#write(),
      onError: tell,
    });
  }

  /** Adds one answered request. Written a little later; what could not be written, with the next one. */
  add(tokens: Tokens): void {
    this.#note(dayOf(this.clock()), { requests: 1, ...tokens });
    this.#writing.ask();
  }

  /** Writes what was added so far. Throws `StoreError`. */
  written(): Promise<void> {
    return this.#writing.now();
  }

  /** Writes what is left. Never throws. */
  async close(): Promise<void> {
    await this.written().catch((error: unknown) => this.#tell(error));
    this.#writing.cancel();
  }

  /** The sum over all days, with what this process could not write. Throws `StoreError`. */
  async total(): Promise<UsageSummary> {
    await this.written().catch(() => undefined);
    let sum = [...this.#unwritten.values()].reduce(sumOf, NOTHING);
    for await (const [, one] of this.store.usage.entries()) sum = sumOf(sum, one);
    return { ...sum, cost: this.prices && costOf(sum, this.prices) };
  }

  #tell(error: unknown): void {
    if (!(error instanceof StoreUnavailableError)) this.onError(error);
  }

  #note(day: string, more: UsageRecord): void {
    this.#unwritten.set(day, sumOf(this.#unwritten.get(day) ?? NOTHING, more));
  }

  async #write(): Promise<void> {
    const unwritten = this.#unwritten;
    this.#unwritten = new Map();
    try {
      for (const [day, more] of unwritten) {
        const { store } = this;
        // On top of what other processes have added.
        await changeRecord(
          { store, repository: store.usage, key: day, durable: false },
          (before = NOTHING, write) => write(sumOf(before, more)),
        );
        unwritten.delete(day);
      }
    } catch (error) {
      for (const [day, more] of unwritten) this.#note(day, more);
      throw error;
    }
  }
}

const NOTHING: UsageRecord = { requests: 0, inputTokens: 0, outputTokens: 0 };

function sumOf(first: UsageRecord, second: UsageRecord): UsageRecord {
  return {
    requests: first.requests + second.requests,
    inputTokens: first.inputTokens + second.inputTokens,
    outputTokens: first.outputTokens + second.outputTokens,
    embeddingTokens: (first.embeddingTokens ?? 0) + (second.embeddingTokens ?? 0),
  };
}

function costOf(
  { inputTokens, outputTokens, embeddingTokens = 0 }: UsageRecord,
  { input, output, embedding }: Prices,
): number {
  return (inputTokens * input + outputTokens * output + embeddingTokens * embedding) / MILLION;
}
