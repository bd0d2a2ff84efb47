/** How long something takes that is done again and again, and how that is written down. */
import Table from "cli-table3";
import { quantile } from "../results.js";

export interface Timing {
  readonly name: string;
  readonly description: string;
  /** In milliseconds. */
  readonly median: number;
  readonly maximum: number;
  readonly repetitions: number;
}

/** Times `action` for each of `items`, one after the other. */
export async function timeEach<Item>(
  name: string,
  description: string,
  items: Iterable<Item>,
  action: (item: Item) => Promise<unknown>,
): Promise<Timing> {
  const times: number[] = [];
  for (const item of items) times.push(await timeOf(() => action(item)));
  return timingOf(name, description, times);
}

/** In milliseconds. */
export async function timeOf(action: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await action();
  return performance.now() - startedAt;
}

export function timingOf(name: string, description: string, times: readonly number[]): Timing {
  const ascending = times.toSorted((first, second) => first - second);
  const maximum = ascending.at(-1) ?? Number.NaN;
  return {
    name,
    description,
    median: quantile(ascending, 0.5),
    maximum,
    repetitions: times.length,
  };
}

export function timingsTable(timings: readonly Timing[]): string {
  const table = new Table({
    head: ["measure", "what", "median", "maximum", "repetitions"],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right", "right", "right"],
  });
  for (const { name, description, median, maximum, repetitions } of timings) {
    table.push([name, description, withUnit(median), withUnit(maximum), repetitions]);
  }
  return table.toString();
}

function withUnit(ms: number): string {
  if (ms >= 10_000) return `${Math.round(ms / 1000).toLocaleString("en")} s`;
  return `${Number(ms.toPrecision(2)).toLocaleString("en")} ms`;
}
