/** What is odd about the folds of a set without being wrong, in sentences. */
import type { Dataset } from "./dataset.js";

/** The warnings of each fold, named if there are several, and those about all of them. */
export function warningsOf(folds: readonly Dataset[]): string[] {
  if (folds.length === 1) return [...folds[0]!.warnings];
  const named = folds.flatMap(({ name, warnings }) =>
    warnings.map((warning) => `${name}: ${warning}`),
  );
  const ids = folds.flatMap(({ newUsers }) => newUsers.map(({ id }) => id));
  const repeated = ids.length - new Set(ids).size;
  if (repeated === 0) return named;
  return [
    ...named,
    `${repeated} new users are new in another fold, too: each counts as one person, with the mean of the scores.`,
  ];
}
