/** That a transaction which ended before another began comes before it. Knows no lists. */
import type { Edge } from "./check.js";
import type { Transaction } from "./history.js";

/**
 * Edges from which all of this order follows: from each transaction to those that begin after its end,
 * without those that others imply.
 */
export function realTimeEdges(transactions: readonly Transaction[]): Edge[] {
  const events = transactions
    .filter(({ ending }) => ending !== "fail")
    .flatMap((transaction) => [
      { at: transaction.begun, isEnd: false, transaction },
      { at: transaction.ended, isEnd: true, transaction },
    ])
    .filter(({ at }) => Number.isFinite(at))
    .sort((one, other) => one.at - other.at);
  const edges: Edge[] = [];
  /** Those that have ended, and after whose end nothing has begun and ended yet. */
  let frontier: Transaction[] = [];
  const before = new Map<Transaction, readonly Transaction[]>();
  for (const { isEnd, transaction } of events) {
    if (!isEnd) {
      before.set(transaction, frontier);
      for (const from of frontier) edges.push({ from, to: transaction, kind: "time" });
      continue;
    }
    const implied = new Set(before.get(transaction));
    frontier = [...frontier.filter((one) => !implied.has(one)), transaction];
  }
  return edges;
}
