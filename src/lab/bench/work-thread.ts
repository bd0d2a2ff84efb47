/**
 * Measures the work of a worker thread in a thread of its own, as fresh as one of the pool: the main
 * thread has loaded a tfjs backend and given arrays away, and both slow typed arrays down.
 */
import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { workMeasures } from "./interactive-measures.js";
import { measureAll } from "./measure.js";
import type { Result } from "./results.js";

/** The results of the measures called `names`, and nothing else. */
export async function measureInThread(names: readonly string[]): Promise<Result[]> {
  const thread = new Worker(new URL(import.meta.url), { workerData: names });
  const [results] = await once(thread, "message");
  return results as Result[];
}

if (!isMainThread) {
  const names = workerData as readonly string[];
  const measures = workMeasures().filter(({ name }) => names.includes(name));
  parentPort?.postMessage(await measureAll(measures));
}
