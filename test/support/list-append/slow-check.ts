/** Strict serializability by its definition: some order of the transactions explains every read. */
import type { Transaction } from "./history.js";

type Lists = ReadonlyMap<number, readonly number[]>;

/** Tries every order; for a handful of transactions. */
export function couldHaveHappened(transactions: readonly Transaction[]): boolean {
  return canGoOn(new Map(), transactions);
}

function canGoOn(lists: Lists, left: readonly Transaction[]): boolean {
  if (left.every(({ ending }) => ending !== "ok")) return true;
  return left.some((next) => {
    if (next.ending === "fail") return false;
    const rest = left.filter((one) => one !== next);
    if (rest.some((one) => one.ending === "ok" && one.ended < next.begun)) return false;
    const after = done(lists, next);
    return after !== undefined && canGoOn(after, rest);
  });
}

/** The lists after the transaction; undefined if it reads something else than what there is. */
function done(before: Lists, { steps }: Transaction): Lists | undefined {
  const lists = new Map(before);
  for (const step of steps) {
    const list = lists.get(step.key) ?? [];
    if (step.kind === "append") lists.set(step.key, [...list, step.value]);
    else if (step.list !== undefined && step.list.join(" ") !== list.join(" ")) return undefined;
  }
  return lists;
}
