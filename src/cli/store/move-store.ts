/** `npm run store -- move FROM TO`. */
import { storeUrl } from "../../shared/environment/store-url.js";
import { move } from "../../store/move/move.js";
import { openMoveEnds } from "../../store/move/open-move-end.js";
import { StoreError } from "../../store/store-error.js";

const PROGRESS_MS = 5_000;

export async function moveStore(from: string, to: string): Promise<void> {
  const ends = await openMoveEnds(readAddress("FROM", from), readAddress("TO", to));
  try {
    const { sums, tombstones, resumed } = await move(ends.from, ends.to, progress());
    for (const [namespace, { count }] of sums) console.log(`  ${namespace}: ${count}`);
    console.log(
      `${resumed ? "Went on with the move, and moved" : "Moved"} everything from ${ends.from.address} to ${ends.to.address}, with ${tombstones} deletions; all counts and checksums are the same. Set STORE_URL to the new address. The old store is as it was: delete it when the bot runs on the new one.`,
    );
  } finally {
    await ends.close();
  }
}

function readAddress(name: string, text: string): string {
  const read = storeUrl().safeParse(text);
  if (read.success) return read.data;
  throw new StoreError(`${name} ${read.error.issues[0]!.message}.`);
}

function progress(): (rows: number) => void {
  let toldAt = performance.now();
  return (rows) => {
    if (performance.now() - toldAt < PROGRESS_MS) return;
    toldAt = performance.now();
    console.log(`${rows} records so far ...`);
  };
}
