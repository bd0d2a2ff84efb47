/**
 * Whether a history of appends and reads could have come from a store that does one transaction after the
 * other, each between its beginning and its end (strict serializability). The method is Elle's: lists show
 * the order of their appends, and so which transaction must come before which; a circle is an anomaly.
 *
 * Source: Kingsbury and Alvaro, "Elle: Inferring Isolation Anomalies from Experimental Observations", 2020.
 */
import { findCircles } from "./circles.js";
import type { Append, Read, Step, Transaction } from "./history.js";
import { realTimeEdges } from "./real-time.js";

export interface Anomaly {
  readonly kind:
    | "duplicate"
    | "never appended"
    | "append that failed was read"
    | "half a transaction was read"
    | "own append not read"
    | "lists that disagree"
    | "acknowledged append is lost"
    | "circle";
  readonly text: string;
}

/** Why one transaction comes before another. */
export type EdgeKind = "append after append" | "read after append" | "append after read" | "time";

export interface Edge {
  readonly from: Transaction;
  readonly to: Transaction;
  readonly kind: EdgeKind;
  readonly key?: number;
}

/** What is wrong with the history; nothing if it could have come from such a store. */
export function checkHistory(transactions: readonly Transaction[]): Anomaly[] {
  const writers = writersOf(transactions);
  const reads = transactions.flatMap((transaction) =>
    transaction.ending === "ok" ? readsOf(transaction) : [],
  );
  const orders = longestLists(reads);
  const anomalies = [
    ...reads.flatMap((read) => wrongIn(read, writers, orders)),
    ...lostAppends(transactions, reads, orders),
  ];
  // Where lists contradict each other they show no order.
  if (anomalies.length > 0) return anomalies;
  const edges = [
    ...dependencies(reads, writers, orders),
    ...unseenAppends(transactions, reads, orders),
    ...realTimeEdges(transactions),
  ];
  return findCircles(edges).map((circle) => ({ kind: "circle", text: textOfCircle(circle) }));
}

/** One read, and what came before it in its transaction. */
interface ReadIn {
  readonly reader: Transaction;
  readonly key: number;
  readonly list: readonly number[];
  /** The transaction's own appends to this list that precede the read. */
  readonly own: readonly number[];
}

interface Writer {
  readonly transaction: Transaction;
  /** Whether the transaction appends to the same list again later. */
  readonly isLast: boolean;
}

type Writers = ReadonlyMap<number, Writer>;
type Orders = ReadonlyMap<number, readonly number[]>;

function isAppend(step: Step): step is Append {
  return step.kind === "append";
}

function writersOf(transactions: readonly Transaction[]): Writers {
  const writers = new Map<number, Writer>();
  for (const transaction of transactions) {
    const appends = transaction.steps.filter(isAppend);
    for (const [at, { key, value }] of appends.entries()) {
      const isLast = appends.slice(at + 1).every((later) => later.key !== key);
      writers.set(value, { transaction, isLast });
    }
  }
  return writers;
}

function readsOf(reader: Transaction): ReadIn[] {
  const isRead = (step: Step): step is Read => step.kind === "read";
  return reader.steps.flatMap((step, at) => {
    if (!isRead(step) || step.list === undefined) return [];
    const { key, list } = step;
    const before = reader.steps.slice(0, at).filter(isAppend);
    const own = before.filter((append) => append.key === key).map(({ value }) => value);
    return [{ reader, key, list, own }];
  });
}

/** The order of the appends to each list, as far as anybody has seen it. */
function longestLists(reads: readonly ReadIn[]): Orders {
  const orders = new Map<number, readonly number[]>();
  for (const { key, list } of reads) {
    if (list.length >= (orders.get(key)?.length ?? 0)) orders.set(key, list);
  }
  return orders;
}

function wrongIn(read: ReadIn, writers: Writers, orders: Orders): Anomaly[] {
  const { key, list, own, reader } = read;
  const text = `list ${key}: [${list.join(" ")}], read by ${nameOf(reader)}`;
  const found: Anomaly["kind"][] = [];
  if (new Set(list).size < list.length) found.push("duplicate");
  if (!isBeginning(list, orders.get(key)!)) found.push("lists that disagree");
  if (own.some((value, at) => list.at(at - own.length) !== value))
    found.push("own append not read");
  for (const value of list) {
    const writer = writers.get(value)?.transaction;
    if (writer === undefined || !appendsTo(writer, key, value)) found.push("never appended");
    else if (writer.ending === "fail") found.push("append that failed was read");
  }
  const last = writers.get(list.at(-1)!);
  if (last !== undefined && !last.isLast && last.transaction !== reader) {
    found.push("half a transaction was read");
  }
  return found.map((kind) => ({ kind, text }));
}

function appendsTo({ steps }: Transaction, key: number, value: number): boolean {
  return steps.some((step) => isAppend(step) && step.key === key && step.value === value);
}

function isBeginning(list: readonly number[], whole: readonly number[]): boolean {
  return list.every((value, at) => whole[at] === value);
}

/** Appends that were acknowledged, and that a read which began afterwards does not have. */
function lostAppends(
  transactions: readonly Transaction[],
  reads: readonly ReadIn[],
  orders: Orders,
): Anomaly[] {
  const lastBegun = new Map<number, number>();
  for (const { key, reader } of reads) {
    lastBegun.set(key, Math.max(reader.begun, lastBegun.get(key) ?? 0));
  }
  const seen = new Map([...orders].map(([key, list]) => [key, new Set(list)]));
  const acknowledged = transactions.filter(({ ending }) => ending === "ok");
  return acknowledged.flatMap((writer) =>
    writer.steps.filter(isAppend).flatMap(({ key, value }): Anomaly[] => {
      const isLost = writer.ended < (lastBegun.get(key) ?? 0) && !seen.get(key)?.has(value);
      const text = `${value} in list ${key}, appended by ${nameOf(writer)}`;
      return isLost ? [{ kind: "acknowledged append is lost", text }] : [];
    }),
  );
}

/** What the lists show: an append comes after those before it, and a read between two appends. */
function dependencies(reads: readonly ReadIn[], writers: Writers, orders: Orders): Edge[] {
  const edges: Edge[] = [];
  const add = (
    from: Transaction | undefined,
    to: Transaction | undefined,
    kind: EdgeKind,
    key: number,
  ) => {
    if (from !== undefined && to !== undefined && from !== to) edges.push({ from, to, kind, key });
  };
  const writerOf = (value: number | undefined) => writers.get(value ?? Number.NaN)?.transaction;
  for (const [key, order] of orders) {
    for (const [at, value] of order.entries()) {
      if (at > 0) add(writerOf(order[at - 1]), writerOf(value), "append after append", key);
    }
  }
  for (const { reader, key, list } of reads) {
    const order = orders.get(key)!;
    add(writerOf(list.at(-1)), reader, "read after append", key);
    add(reader, writerOf(order[list.length]), "append after read", key);
  }
  return edges;
}

/** An append that was done and that no list shows comes after all that any list shows. */
function unseenAppends(
  transactions: readonly Transaction[],
  reads: readonly ReadIn[],
  orders: Orders,
): Edge[] {
  const isSeen = ({ key, value }: Append) => orders.get(key)?.includes(value) === true;
  const edges: Edge[] = [];
  for (const to of transactions) {
    const appends = to.steps.filter(isAppend);
    const isDone = to.ending === "ok" || (to.ending === "info" && appends.some(isSeen));
    if (!isDone) continue;
    const unseen = new Set(appends.filter((one) => !isSeen(one)).map(({ key }) => key));
    for (const { reader, key } of reads) {
      if (reader === to || !unseen.has(key)) continue;
      edges.push({ from: reader, to, kind: "append after read", key });
    }
  }
  return edges;
}

function nameOf({ process, begun }: Transaction): string {
  return `process ${process} (event ${begun})`;
}

function textOfCircle(circle: readonly Edge[]): string {
  const steps = circle.map(
    ({ from, kind, key }) => `${nameOf(from)} -> [${kind}${key === undefined ? "" : ` ${key}`}] `,
  );
  return `${steps.join("")}${nameOf(circle[0]!.from)}`;
}
