/** Which of the new users take part. */
import { createRandomGenerator, shuffled } from "../../models/random.js";
import type { NewUser } from "./dataset.js";
import { NobodyToScoreError } from "./failures.js";

/** `count` of `newUsers`, drawn by `seed`, in their order; all where `count` is not given. */
export function drawUsers(
  newUsers: readonly NewUser[],
  count: number | undefined,
  seed: number,
): readonly NewUser[] {
  if (count === undefined || count >= newUsers.length) return newUsers;
  const order = shuffled([...newUsers.keys()], createRandomGenerator(seed)).slice(0, count);
  return order.sort((first, second) => first - second).map((at) => newUsers[at]!);
}

/**
 * The users whose test pairs have both labels; nobody else has an AUC.
 * Throws {@link NobodyToScoreError}.
 */
export function scorableUsers(users: readonly NewUser[]): readonly NewUser[] {
  const scorable = users.filter(
    ({ test }) => test.outcomes.includes(0) && test.outcomes.includes(1),
  );
  if (scorable.length === 0) throw new NobodyToScoreError();
  return scorable;
}
