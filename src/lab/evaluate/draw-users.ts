/** Which of the new users take part. */
import { createRandomGenerator, shuffled } from "../../../models/algebra/random.js";
import type { Dataset, NewUser } from "./dataset.js";
import { NobodyToScoreError } from "./failures.js";

/** One fold with those of its new users who are scored. */
export interface Participants {
  readonly dataset: Dataset;
  readonly users: readonly NewUser[];
  /** How many more were drawn, but have no AUC. */
  readonly leftOut: number;
}

/**
 * Draws `count` of the new users of all `folds`, all if it is not given, and keeps those who can be
 * scored. Folds without one of them take no part. Throws {@link NobodyToScoreError}.
 */
export function takePart(
  folds: readonly Dataset[],
  count: number | undefined,
  seed: number,
): Participants[] {
  const everybody = folds.flatMap(({ newUsers }) => newUsers);
  const chosen = new Set(drawUsers(everybody, count, seed));
  const participants = folds.map((dataset) => {
    const own = dataset.newUsers.filter((user) => chosen.has(user));
    const users = own.filter(isScorable);
    return { dataset, users, leftOut: own.length - users.length };
  });
  const taking = participants.filter(({ users }) => users.length > 0);
  if (taking.length === 0) throw new NobodyToScoreError();
  return taking;
}

/** `count` of `newUsers`, drawn by `seed`, in their order; all if `count` is not given. */
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
  const scorable = users.filter(isScorable);
  if (scorable.length === 0) throw new NobodyToScoreError();
  return scorable;
}

function isScorable({ test }: NewUser): boolean {
  return test.outcomes.includes(0) && test.outcomes.includes(1);
}
