/** What a thread of the pools loads: the verbs, and word that they are there, before which it is not ended. */
import { parentPort, threadId } from "node:worker_threads";
import type { LoadedMessage } from "./thread-pool.js";
import { timely } from "./timely-call.js";
import * as verbs from "./worker.js";

export const scoreCandidates = timely(verbs.scoreCandidates);
export const selectPair = timely(verbs.selectPair);
export const updateWeights = timely(verbs.updateWeights);
export { retrain } from "./worker.js";

parentPort?.postMessage({ loadedThread: threadId } satisfies LoadedMessage);
