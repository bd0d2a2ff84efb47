/** What the language model was asked for, in tokens, day by day; and what that cost. */
import AsyncLock from "async-lock";
import { type Clock, dayOf } from "../clock.js";
import type { UsageRecord } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";

/** Dollars for a million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
}

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
  add(inputTokens: number, outputTokens: number): Promise<void> {
    const day = dayOf(this.clock());
    return this.#lock.acquire(day, async () => {
      const before = (await this.records.get(day)) ?? NOTHING;
      await this.records.set(day, {
        requests: before.requests + 1,
        inputTokens: before.inputTokens + inputTokens,
        outputTokens: before.outputTokens + outputTokens,
      });
    });
  }

  /** The sum over all days. */
  async total(): Promise<UsageSummary> {
    let sum = NOTHING;
    for await (const [, one] of this.records.entries()) {
      sum = {
        requests: sum.requests + one.requests,
        inputTokens: sum.inputTokens + one.inputTokens,
        outputTokens: sum.outputTokens + one.outputTokens,
      };
    }
    return { ...sum, cost: this.prices && costOf(sum, this.prices) };
  }
}

const NOTHING: UsageRecord = { requests: 0, inputTokens: 0, outputTokens: 0 };

function costOf({ inputTokens, outputTokens }: UsageRecord, { input, output }: Prices): number {
  return (inputTokens * input + outputTokens * output) / MILLION;
}
