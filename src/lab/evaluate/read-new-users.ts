/** Reads the new users of a data set: what each may be asked and what they are scored on. */
import { z } from "zod";
import type { LabelledPairs, NewUser } from "./dataset.js";
import { DatasetError } from "./dataset-error.js";
import { forEachRecord, type Progress, type Refuse } from "./read-lines.js";
import { rowsOfPair } from "./read-training.js";

const LABEL = z.union([z.literal(0), z.literal(0.5), z.literal(1)], {
  error: "a label must be 1 (the first was preferred), 0 (the second was) or 0.5 (a tie)",
});
const PAIRS = z.array(z.tuple([z.string(), z.string(), LABEL]));
const NEW_USER = z.object({ user: z.string().min(1), pool: PAIRS, test: PAIRS });

/** Reads the new users in `file`, whose items are the keys of `rowOf`. Throws {@link DatasetError}. */
export async function readNewUsers(
  file: string,
  rowOf: ReadonlyMap<string, number>,
  onProgress: Progress,
): Promise<NewUser[]> {
  const users: NewUser[] = [];
  const names = new Set<string>();
  await forEachRecord(
    file,
    NEW_USER,
    ({ user, pool, test }, refuse) => {
      if (names.has(user)) refuse(`user "${user}" is there twice: put everything into one line.`);
      names.add(user);
      if (pool.length === 0) refuse(`the pool of user "${user}" is empty: nothing can be asked.`);
      if (test.length === 0) refuse(`user "${user}" has no test pair: nothing can be scored.`);
      users.push({
        id: user,
        pool: toPairs(pool, rowOf, refuse),
        test: toPairs(test, rowOf, refuse),
      });
    },
    onProgress,
  );
  if (users.length === 0) throw new DatasetError(file, undefined, "there is no new user.");
  return users;
}

function toPairs(
  pairs: z.infer<typeof PAIRS>,
  rowOf: ReadonlyMap<string, number>,
  refuse: Refuse,
): LabelledPairs {
  const count = pairs.length;
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  const outcomes = new Float32Array(count);
  pairs.forEach(([first, second, label], at) => {
    [a[at], b[at]] = rowsOfPair(first, second, rowOf, refuse);
    outcomes[at] = label;
  });
  return { count, a, b, outcomes };
}
