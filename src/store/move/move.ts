/**
 * Carries a whole store to another place: records in the order of their keys, then tombstones, then a
 * check of every sum. A move that was broken off goes on where it was. Knows no engine.
 */
import { StoreError } from "../store-error.js";
import { MOVING, type MoveEnd, type RawRow } from "./move-end.js";
import { differences, type Sum, sumsOf } from "./sums.js";

const PAGE = 500;

export interface MoveReport {
  /** By namespace; the same at both ends. */
  readonly sums: ReadonlyMap<string, Sum>;
  readonly tombstones: number;
  /** Whether a move that was broken off went on. */
  readonly resumed: boolean;
}

/**
 * `onProgress` is called now and then with how many rows have come over. Throws {@link StoreError} if
 * `to` has anything of its own, or differs from `from` in the end.
 */
export async function move(
  from: MoveEnd,
  to: MoveEnd,
  onProgress: (rows: number) => void = () => undefined,
): Promise<MoveReport> {
  const resumed = await begin(from, to);
  // Rows are written in order, so what is there already reaches up to the last one.
  await copy(from, to, resumed ? await to.last() : "", onProgress);
  const tombstones = await from.tombstones();
  if (tombstones !== undefined) await to.setTombstones(tombstones);
  const sums = await sumsOf(from);
  // A store that was in use since the move was broken off has changed what had come over.
  if (resumed && differences(sums, await sumsOf(to)).length > 0) await adjust(from, to);
  const different = differences(sums, await sumsOf(to));
  const arrived = (await to.tombstones())?.size ?? 0;
  if (different.length > 0 || arrived !== (tombstones?.size ?? 0)) {
    throw new StoreError(
      `What has arrived in ${to.address} differs from ${from.address} (${different.join(", ") || "deletions"}), and nothing should use it: empty it, check both disks, and move again.`,
    );
  }
  await to.write([], [MOVING]);
  return { sums, tombstones: arrived, resumed };
}

/** Whether a move from the same place was broken off. */
async function begin(from: MoveEnd, to: MoveEnd): Promise<boolean> {
  await checkSource(from);
  const source = markOf(from).value;
  const [marker] = (await to.page(`${MOVING.slice(0, -1)}`, 1)).filter(({ key }) => key === MOVING);
  if (marker !== undefined) {
    if (marker.value === source) return true;
    throw new StoreError(
      `The move of another store to ${to.address} was broken off: finish that one, or empty ${to.address} first.`,
    );
  }
  const first = await to.page("", 1);
  if (first.length > 0 || (await to.tombstones()) !== undefined) {
    throw new StoreError(
      `${to.address} has records or deletions of its own, which a move would mix with others: name an empty place.`,
    );
  }
  await to.write([markOf(from)], []);
  return false;
}

/** What stands in a store as long as `from` is being moved there; a move to one that has it goes on. */
export function markOf(from: Pick<MoveEnd, "address">): RawRow & { readonly value: string } {
  return { key: MOVING, value: JSON.stringify({ value: { from: from.address } }) };
}

async function checkSource(from: MoveEnd): Promise<void> {
  const found = await from.page(`${MOVING.slice(0, -1)}`, 1);
  if (!found.some(({ key }) => key === MOVING)) return;
  throw new StoreError(
    `${from.address} is itself only partly there: finish the move to it before moving it on.`,
  );
}

async function copy(
  from: MoveEnd,
  to: MoveEnd,
  start: string,
  onProgress: (rows: number) => void,
): Promise<void> {
  let copied = 0;
  for (let after = start; ; ) {
    const rows = await from.page(after, PAGE);
    if (rows.length > 0) await to.write(rows, []);
    copied += rows.length;
    onProgress(copied);
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.key;
  }
}

/** Row by row: writes what differs, and removes what is no more. */
async function adjust(from: MoveEnd, to: MoveEnd): Promise<void> {
  for (let after = ""; ; ) {
    const rows = await from.page(after, PAGE);
    const isLast = rows.length < PAGE;
    const there = await upTo(to, after, isLast ? undefined : rows.at(-1)!.key);
    const known = new Map(there.map(({ key, value }) => [key, value]));
    const wanted = new Set(rows.map(({ key }) => key));
    const changed = rows.filter(({ key, value }) => !isSame(known.get(key), value));
    const gone = there.filter(({ key }) => key !== MOVING && !wanted.has(key));
    await to.write(
      changed,
      gone.map(({ key }) => key),
    );
    if (isLast) return;
    after = rows.at(-1)!.key;
  }
}

/** All rows after one key, up to and with the other. */
async function upTo(end: MoveEnd, after: string, last: string | undefined): Promise<RawRow[]> {
  const found: RawRow[] = [];
  for (let from = after; ; ) {
    const rows = await end.page(from, PAGE);
    const within = rows.filter(({ key }) => last === undefined || byBytes(key, last) <= 0);
    found.push(...within);
    if (within.length < PAGE) return found;
    from = rows.at(-1)!.key;
  }
}

function isSame(one: string | Buffer | undefined, other: string | Buffer): boolean {
  return one !== undefined && Buffer.from(one as string).equals(Buffer.from(other as string));
}

function byBytes(first: string, second: string): number {
  return Buffer.compare(Buffer.from(first), Buffer.from(second));
}
