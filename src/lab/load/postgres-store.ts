/**
 * The large store in PostgreSQL, carried over by the store's own move. Every run begins with the same:
 * what the one before has changed is put back.
 */

import { markOf, move } from "../../store/move/move.js";
import { MOVING, type MoveEnd } from "../../store/move/move-end.js";
import { openMoveEnds } from "../../store/move/open-move-end.js";
import { forgetJobs } from "./postgres-jobs.js";

/** The row that says that a database is the load's own, so that all in it may be replaced. */
const OWN = { key: "load:own", value: JSON.stringify({ value: true }) };
const PROGRESS_MS = 10_000;

/**
 * Makes the database of `url` like the SQLite file `original`. Throws `StoreError` if there is anything in
 * it that the load has not put there, and while anybody uses it.
 */
export async function fillPostgres(
  original: string,
  url: string,
  say: (line: string) => void,
): Promise<void> {
  const ends = await openMoveEnds(`sqlite://${original}`, url);
  const { from, to } = ends;
  try {
    const isOwn = await has(to, OWN.key);
    say(`${isOwn ? "Putting back what an earlier load has changed in" : "Filling"} ${to.address}`);
    // A move that goes on compares all that is there, and writes what differs.
    if (isOwn && !(await has(to, MOVING))) await to.write([markOf(from)], []);
    await move(from, to, progress(say));
    await to.write([OWN], []);
  } finally {
    await ends.close();
  }
  await forgetJobs(url);
}

async function has(end: MoveEnd, key: string): Promise<boolean> {
  const [row] = await end.page(key.slice(0, -1), 1);
  return row?.key === key;
}

function progress(say: (line: string) => void): (rows: number) => void {
  let toldAt = performance.now();
  return (rows) => {
    if (performance.now() - toldAt < PROGRESS_MS) return;
    toldAt = performance.now();
    say(`  ${rows} records so far`);
  };
}
