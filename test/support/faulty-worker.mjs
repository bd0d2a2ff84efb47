/** A worker whose responses say what to do to its thread, for tests of crashes and endless loops. */
import { parentPort, threadId } from "node:worker_threads";
import { timely } from "../../dist/workers/timely-call.js";

parentPort.postMessage({ loadedThread: threadId });

export const scoreCandidates = timely(({ responses, userWeights }) => {
  switch (responses[0]) {
    case "exit":
      return process.exit(3);
    case "loop":
      for (;;);
    case "fill the memory":
      return fillTheMemory();
    case "throw":
      throw new RangeError("no such axis");
    case "count":
      userWeights.weights[0]++;
      return { rewards: Float64Array.of(threadId) };
    case "tarry":
      workFor(Number(responses[1]));
      return { rewards: Float64Array.of(threadId) };
    default:
      return { rewards: Float64Array.of(responses.length) };
  }
});

/** What a training does to its thread, by its seed. */
const TRAINING_FAULTS = { exit: 1, loop: 2, memory: 3 };

export function retrain({ request, progress }) {
  progress.close();
  switch (request.seed) {
    case TRAINING_FAULTS.loop:
      for (;;);
    case TRAINING_FAULTS.memory:
      return fillTheMemory();
    default:
      return process.exit(4);
  }
}

function workFor(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function fillTheMemory() {
  const hoard = [];
  for (;;) hoard.push(new Array(1e5).fill(Math.random()));
}
