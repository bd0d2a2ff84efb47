/** A thread that works for a millisecond at a time, gives way in between, and notes its steps and its waiting. */
import { workerData } from "node:worker_threads";
import { GivingWay } from "../../dist/workers/giving-way.js";

const { memory, seen } = workerData;
const givingWay = new GivingWay(memory);
for (;;) {
  const end = performance.now() + 1;
  while (performance.now() < end);
  givingWay.pause();
  seen[0]++;
  seen[1] = givingWay.waitedSeconds;
}
