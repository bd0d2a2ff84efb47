/**
 * The scores of new users after one number of answers, and how those of several folds become one.
 * Knows no models.
 */
import { Calibration } from "./metrics.js";

/** One entry for each user, in their order. */
export interface Tally {
  readonly people: string[];
  readonly aucs: number[];
  /** Undefined if no prompt of the test pairs has several responses. */
  readonly winRates: (number | undefined)[];
  readonly calibration: Calibration;
}

export function createTally(): Tally {
  return { people: [], aucs: [], winRates: [], calibration: new Calibration() };
}

/** The people of all folds; each has one tally for each number of answers. */
export function mergeFolds(folds: readonly (readonly Tally[])[]): Tally[] {
  return folds[0]!.map((_, point) => mergeTallies(folds.map((tallies) => tallies[point]!)));
}

/**
 * The people of all `tallies` in one. Somebody who is new in several folds is one person, with the
 * mean of their scores, so that nobody counts twice and standard errors stay true.
 */
function mergeTallies(tallies: readonly Tally[]): Tally {
  const people = [...new Set(tallies.flatMap((tally) => tally.people))];
  const aucs = new Map<string, number[]>(people.map((person) => [person, []]));
  const winRates = new Map<string, number[]>(people.map((person) => [person, []]));
  const calibration = new Calibration();
  for (const tally of tallies) {
    calibration.addAll(tally.calibration);
    tally.people.forEach((person, at) => {
      aucs.get(person)!.push(tally.aucs[at]!);
      const winRate = tally.winRates[at];
      if (winRate !== undefined) winRates.get(person)!.push(winRate);
    });
  }
  return {
    people,
    aucs: people.map((person) => meanOf(aucs.get(person)!)!),
    winRates: people.map((person) => meanOf(winRates.get(person)!)),
    calibration,
  };
}

function meanOf(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
