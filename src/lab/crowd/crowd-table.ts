/** What came of each size as a table for the terminal. */
import Table from "cli-table3";
import { meanOf } from "../../../models/training/validate/paired.js";
import type { CrowdResult } from "./measure-crowd.js";

const HEAD = [
  "people",
  "train",
  "comparisons",
  "J",
  "behind the planted rewards, nats a vote",
  "better than the row above",
  "predicted right",
  "adopted",
  "seconds",
  "memory, MB",
];

export function crowdTable(results: readonly CrowdResult[]): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [] } });
  results.forEach((result, at) => {
    const above = results[at - 1];
    table.push([
      result.people,
      result.trained,
      result.comparisons,
      result.rank,
      withError(result.behind),
      above === undefined ? "" : withError(gains(above, result)),
      `${(100 * result.accuracy).toFixed(1)} %`,
      result.adopted ? "yes" : "no",
      result.seconds.toFixed(0),
      result.memoryMB.toFixed(0),
    ]);
  });
  return table.toString();
}

/** What nobody could do better, in a line. */
export function bestText([first]: readonly CrowdResult[]): string {
  if (first === undefined) return "";
  return `The planted rewards themselves predict ${(100 * first.bestAccuracy).toFixed(1)} % right.`;
}

/** Of each new person, by how much `result` predicts them better than `above` does. */
function gains(above: CrowdResult, result: CrowdResult): number[] {
  return above.behind.map((behind, person) => behind - result.behind[person]!);
}

/** The mean over the new people and its standard error. */
function withError(values: readonly number[]): string {
  const { mean, standardError } = meanOf(values);
  return `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`;
}
