/** How many tokens the language model took, day by day, and what that cost. */
import type { Prices } from "../config.js";
import { type Clock, dayOf } from "../shared/time.js";
import { changeRecord } from "../store/change-record.js";
import type { UsageRecord } from "../store/records.js";
import type { Store } from "../store/store.js";

export type Tokens = Required<Omit<UsageRecord, "requests">>;

export interface UsageSummary extends UsageRecord {
  /** Dollars; undefined if no prices are configured. */
  readonly cost: number | undefined;
}

const MILLION = 1_000_000;

export class Usage {
  #unwritten = new Map<string, UsageRecord>();
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(
    private readonly store: Pick<Store, "usage" | "writeTogether">,
    private readonly clock: Clock,
    private readonly prices: Prices | undefined,
  ) {}

  /**
   * Adds one answered request; resolves when it is written, together with all that came during
   * the write before it. What could not be written is written with the next one.
   */
  add(tokens: Tokens): Promise<void> {
    this.#note(dayOf(this.clock()), { requests: 1, ...tokens });
    this.#next ??= this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#writing = this.#write();
        this.#next = undefined;
        return this.#writing;
      });
    return this.#next;
  }

  /** The sum over all days. */
  async total(): Promise<UsageSummary> {
    let sum = NOTHING;
    for await (const [, one] of this.store.usage.entries()) sum = sumOf(sum, one);
    return { ...sum, cost: this.prices && costOf(sum, this.prices) };
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
          { store, repository: store.usage, key: day },
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
