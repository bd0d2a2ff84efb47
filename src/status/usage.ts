/** What the language model was asked for, in tokens, day by day; and what that cost. */
import AsyncLock from "async-lock";
import { type Clock, dayOf } from "../clock.js";
import type { UsageRecord } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";

/** Dollars for a million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
  readonly embedding: number;
}

export type Tokens = Required<Omit<UsageRecord, "requests">>;

export interface UsageSummary extends UsageRecord {
  /** Dollars; undefined where no prices are configured. */
  readonly cost: number | undefined;
}

const MILLION = 1_000_000;

export class Usage {
  readonly #lock = new AsyncLock();

  constructor(
    private readonly records: Repository<UsageRecord>,
    private readonly clock: Clock,
    private readonly prices: Prices | undefined,
  ) {}

  /** Adds one answered request. */
  add(tokens: Tokens): Promise<void> {
    const day = dayOf(this.clock());
    return this.#lock.acquire(day, async () => {
      const before = (await this.records.get(day)) ?? NOTHING;
      await this.records.set(day, sumOf(before, { requests: 1, ...tokens }));
    });
  }

  /** The sum over all days. */
  async total(): Promise<UsageSummary> {
    let sum = NOTHING;
    for await (const [, one] of this.records.entries()) sum = sumOf(sum, one);
    return { ...sum, cost: this.prices && costOf(sum, this.prices) };
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
