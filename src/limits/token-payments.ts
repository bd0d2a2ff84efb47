/**
 * Pays for tokens in the store before they are spent, and for some more ahead, so that those that follow
 * wait for nobody. What is asked for at the same time is paid together. Knows no days.
 */
import { Batches } from "../store/batches.js";
import type { Store } from "../store/store.js";
import type { DayCount } from "./day-pages.js";
import { addUp, type Sum } from "./stored-sums.js";

/** So many times what a request needs is paid for with it at least, for those that follow ... */
const AHEAD = 3;
/** ... but no more than this part of what is left, so that it is there for other processes. */
const MOST_AHEAD = 1 / 32;
/** A transaction is no larger than for so many requests. */
const MOST_TOGETHER = 50;

/** What a request draws on: one count of one day. */
export interface Draw {
  readonly name: string;
  /** Of its record. */
  readonly key: string;
  readonly count: DayCount;
  /** Tokens that it may have in the day. */
  readonly most: number;
}

/** What one request needs of each that it draws on. */
export interface Need {
  readonly tokens: number;
  readonly draws: readonly Draw[];
}

export class TokenPayments {
  readonly #payments = new Batches<Need, string | undefined>({
    run: (needs) => this.#payAll(needs),
    mostItems: MOST_TOGETHER,
  });

  constructor(private readonly store: Pick<Store, "dayCounts" | "writeTogether">) {}

  /**
   * Pays for what is missing. Returns the name of which so much is not left, and pays nothing then.
   * Throws `StoreError`.
   */
  pay(need: Need): Promise<string | undefined> {
    return this.#payments.add(need);
  }

  /** Those that draw on what is not left for all of them are asked one by one. */
  async #payAll(needs: readonly Need[]): Promise<(string | undefined)[]> {
    const refused = new Map<Need, string | undefined>();
    let left = needs;
    while (left.length > 0) {
      const short = await addUp(this.store, sumsOf(left, AHEAD));
      if (short === undefined) break;
      const drawOnIt = ({ draws }: Need) => draws.some(({ count }) => count === short.count);
      for (const need of left.filter(drawOnIt)) refused.set(need, await this.#payOne(need));
      left = left.filter((need) => !drawOnIt(need));
    }
    return needs.map((need) => refused.get(need));
  }

  async #payOne(need: Need): Promise<string | undefined> {
    let short = await addUp(this.store, sumsOf([need], AHEAD));
    short &&= await addUp(this.store, sumsOf([need], 0));
    return short?.name;
  }
}

/** What is missing of each count, and `ahead` times what is needed of it, or as much as went lately. */
function sumsOf(needs: readonly Need[], ahead: number): Sum[] {
  const needed = new Map<DayCount, number>();
  const draws = new Map<DayCount, Draw>();
  for (const { tokens, draws: own } of needs) {
    for (const draw of own) {
      draws.set(draw.count, draw);
      needed.set(draw.count, (needed.get(draw.count) ?? 0) + tokens);
    }
  }
  return [...draws.values()].flatMap(({ name, key, count, most }) => {
    const tokens = needed.get(count)!;
    const missing = tokens - count.free;
    if (missing <= 0) return [];
    const left = Math.max(0, most - count.used.tokens);
    const wanted = ahead === 0 ? 0 : Math.max(ahead * tokens, count.recent);
    const paid = missing + Math.min(wanted, Math.floor(left * MOST_AHEAD));
    return { name, key, count, change: { messages: 0, ballots: 0, tokens: paid }, most };
  });
}
