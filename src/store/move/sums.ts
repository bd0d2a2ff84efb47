/** Counts and checksums of a store's rows, by namespace. */
import { createHash, type Hash } from "node:crypto";
import { MOVING, type MoveEnd, type RawRow } from "./move-end.js";

const PAGE = 1_000;

export interface Sum {
  readonly count: number;
  /** Over all keys and values, in the order of the keys. */
  readonly checksum: string;
}

/** Reads everything. */
export async function sumsOf(end: Pick<MoveEnd, "page">): Promise<Map<string, Sum>> {
  const sums = new Map<string, { count: number; hash: Hash }>();
  for await (const row of rowsOf(end)) {
    const namespace = row.key.slice(0, Math.max(0, row.key.indexOf(":")));
    const sum = sums.get(namespace) ?? { count: 0, hash: createHash("sha256") };
    sums.set(namespace, sum);
    sum.count++;
    add(sum.hash, row.key);
    add(sum.hash, row.value);
  }
  return new Map(
    [...sums].map(([name, { count, hash }]) => [name, { count, checksum: hash.digest("hex") }]),
  );
}

/** All but the one that says that a store is being moved. */
async function* rowsOf(end: Pick<MoveEnd, "page">): AsyncGenerator<RawRow> {
  for (let after = ""; ; ) {
    const rows = await end.page(after, PAGE);
    for (const row of rows) if (row.key !== MOVING) yield row;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.key;
  }
}

/** With its length, so that what belongs together can't be cut in another place. */
function add(hash: Hash, part: string | Buffer): void {
  hash.update(`${Buffer.byteLength(part)} `).update(part);
}

/** The namespaces in which two differ. */
export function differences(
  first: ReadonlyMap<string, Sum>,
  second: ReadonlyMap<string, Sum>,
): string[] {
  const names = new Set([...first.keys(), ...second.keys()]);
  return [...names]
    .filter((name) => {
      const [one, other] = [first.get(name), second.get(name)];
      return one?.count !== other?.count || one?.checksum !== other?.checksum;
    })
    .sort();
}
