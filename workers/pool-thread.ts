/** What a thread of the pool loads: the verbs, and word that they are there, before which it is not ended. */
import { parentPort, threadId } from "node:worker_threads";
import type { LoadedMessage } from "./thread-pool.js";

export * from "./worker.js";

parentPort?.postMessage({ loadedThread: threadId } satisfies LoadedMessage);
