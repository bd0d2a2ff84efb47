/** Runs measures with warm-up and repetitions. Knows not what they do. */
import { Bench } from "tinybench";
import type { Measure } from "./interactive-measures.js";
import { quantile, type Result } from "./results.js";

const WARM_UP_MS = 500;
const TIME_MS = 1_500;

/** Median and 95th percentile of each measure in microseconds. Throws what a measure throws. */
export async function measureAll(measures: readonly Measure[]): Promise<Result[]> {
  const bench = new Bench({
    time: TIME_MS,
    warmupTime: WARM_UP_MS,
    retainSamples: true,
    throws: true,
  });
  for (const { name, prepare, run, asynchronous = false } of measures) {
    bench.add(name, run, { async: asynchronous, ...(prepare && { beforeEach: prepare }) });
  }
  await bench.run();
  return measures.map(({ name, description, target }) => {
    const result = bench.getTask(name)?.result;
    if (result?.state !== "completed") throw new Error(`The measure ${name} did not complete.`);
    const samples = result.latency.samples ?? [];
    return {
      name,
      description,
      unit: "µs",
      median: 1_000 * quantile(samples, 0.5),
      p95: 1_000 * quantile(samples, 0.95),
      repetitions: samples.length,
      ...(target !== undefined && { target }),
    };
  });
}
