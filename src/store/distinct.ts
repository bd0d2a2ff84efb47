/** The different values of a column, page by page. */
import type { Column, Engine } from "./engine.js";

const PAGE = 1_000;

/** All of them, byte by byte in order. Rejects with the database's own errors. */
export async function* distinctValues(
  engine: Pick<Engine, "distinct">,
  column: Column,
): AsyncGenerator<string> {
  for (let after: string | undefined; ; ) {
    const found = await engine.distinct(column, PAGE, after);
    yield* found;
    if (found.length < PAGE) return;
    after = found.at(-1)!;
  }
}
