/** Means over the people of all populations, with the error that fits. */
import { type Estimate, estimateOf } from "../evaluate/metrics.js";
import type { Checkpoint } from "./replay.js";

/** By population, person and checkpoint. */
export type PopulationRuns = readonly (readonly (readonly Checkpoint[])[])[];

/**
 * The mean of `figure` at a checkpoint, minus that of `other`, paired by person. People of one
 * population share its base rewards, so with several populations the error is that between their means.
 */
export function figureOver(
  runs: PopulationRuns,
  point: number,
  figure: (checkpoint: Checkpoint) => number,
  other?: PopulationRuns,
): Estimate {
  const values = runs.map((persons, population) =>
    persons.map((person, at) => {
      const own = figure(person[point]!);
      return other === undefined ? own : own - figure(other[population]![at]![point]!);
    }),
  );
  if (values.length === 1) return estimateOf(values[0]!);
  const means = estimateOf(values.map((one) => estimateOf(one).mean));
  return { ...means, people: values.reduce((sum, one) => sum + one.length, 0) };
}
