/** Results of the measurements and how they are written down. */
import Table from "cli-table3";

export interface Result {
  readonly name: string;
  readonly description: string;
  readonly unit: "µs" | "ms" | "s" | "MB" | "times";
  readonly median: number;
  /** Of the repetitions; the same as the median if there was one. */
  readonly p95: number;
  readonly repetitions: number;
  readonly target?: number;
}

/** The value below which `share` of the ascending `samples` lie. */
export function quantile(samples: ArrayLike<number>, share: number): number {
  return samples[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? Number.NaN;
}

/** One result a line; a median that misses its target is marked. */
export function resultsTable(results: readonly Result[]): string {
  const table = new Table({
    head: ["measure", "what", "median", "p95", "repetitions", "target"],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right", "right", "right", "right"],
  });
  for (const { name, description, unit, median, p95, repetitions, target } of results) {
    const missed = target !== undefined && median > target ? " (missed)" : "";
    table.push([
      name,
      description,
      withUnit(median, unit),
      withUnit(p95, unit),
      repetitions.toLocaleString("en"),
      target === undefined ? "" : `${withUnit(target, unit)}${missed}`,
    ]);
  }
  return table.toString();
}

function withUnit(value: number, unit: Result["unit"]): string {
  return `${Number(value.toPrecision(3)).toLocaleString("en")} ${unit}`;
}
