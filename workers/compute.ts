/**
 * The worker pools behind verbs. Callers see promises and plain data; threads, queues, transfer
 * lists and time limits stay in here. Interactive work and training never share a thread.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { UserWeights } from "../models/rewards/user-weights.js";
import { BusyThreads } from "./busy-threads.js";
import { ComputeError, type ComputeFailure, isThreadEnd } from "./compute-error.js";
import { WaitingCalls } from "./giving-way.js";
import { endHungThreads } from "./hung-threads.js";
import type {
  RetrainProgress,
  RetrainRequest,
  RetrainResult,
  ScoredCandidates,
  ScoreRequest,
  SelectedPair,
  SelectRequest,
  UpdateRequest,
} from "./requests.js";
import { sharedNow } from "./shared-clock.js";
import { ThreadPool } from "./thread-pool.js";
import { type InteractiveThreadData, TOO_LATE } from "./timely-call.js";

/** The preference engine, away from the event loop. All verbs throw {@link ComputeError}. */
export interface Compute {
  scoreCandidates(request: ScoreRequest): Promise<ScoredCandidates>;
  /** Takes over `request.baseRewards`: the caller's array is empty afterwards. */
  selectPair(request: SelectRequest): Promise<SelectedPair | null>;
  /** Takes over the arrays of `request.comparisons`. */
  updateWeights(request: UpdateRequest): Promise<UserWeights>;
  /**
   * Takes over the arrays of `request.comparisons`. Once `signal` is aborted its thread is ended, and its reason
   * thrown.
   */
  retrain(
    request: RetrainRequest,
    onProgress: (progress: RetrainProgress) => void,
    signal?: AbortSignal,
  ): Promise<RetrainResult>;
  /** Ends all threads; running work is refused with a {@link ComputeError}. */
  close(): Promise<void>;
}

export interface ComputeOptions {
  /** Threads for interactive work. */
  readonly threads: number;
  /** How long an interactive call may wait for its turn, and again how long it may then take. */
  readonly interactiveTimeoutMs?: number;
  readonly trainingTimeoutMs?: number;
  /** The most that the heap of an interactive thread and of the training's may grow to. */
  readonly interactiveMemoryMb?: number;
  readonly trainingMemoryMb?: number;
  /** How far the training yields to everything else, 0 to 19; as far as possible if not given. */
  readonly trainingNice?: number;
  /** The file that runs in the threads; for tests of crashes and endless loops. */
  readonly workerFile?: string;
}

const INTERACTIVE_TIMEOUT_MS = 5_000;
/**
 * So many a thread has before it: with one at a time it would idle until the event loop, which may be
 * late, has taken the result of one and given it the next.
 */
const CALLS_PER_THREAD = 8;
/** Of a training that may have given way for three quarters of it. */
const TRAINING_TIMEOUT_MS = 60 * 60_000;
const TRAINING_IDLE_MS = 5_000;
/** The lowest priority there is: answers that somebody waits for go first. */
const TRAINING_NICE = 19;
const TRAINING_MEMORY_MB = 2_048;
const INTERACTIVE_MEMORY_MB = 256;
/** For what a call leaves behind at once. V8 takes 48 by default, and gives none of it back. */
const INTERACTIVE_YOUNG_MB = 12;
const TRAINING_YOUNG_MB = 24;

/** Starts the pools. The training thread starts with the first training and ends soon after it. */
export function createCompute(options: ComputeOptions): Compute {
  const filename = options.workerFile ?? builtWorkerFile();
  const busy = new BusyThreads();
  const interactive = new ThreadPool({
    filename,
    minThreads: options.threads,
    maxThreads: options.threads,
    concurrentTasksPerWorker: CALLS_PER_THREAD,
    workerData: { busy: busy.memory } satisfies InteractiveThreadData,
    resourceLimits: {
      maxOldGenerationSizeMb: options.interactiveMemoryMb ?? INTERACTIVE_MEMORY_MB,
      maxYoungGenerationSizeMb: INTERACTIVE_YOUNG_MB,
    },
  });
  const training = new ThreadPool({
    filename,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: TRAINING_IDLE_MS,
    niceIncrement: options.trainingNice ?? TRAINING_NICE,
    resourceLimits: {
      maxOldGenerationSizeMb: options.trainingMemoryMb ?? TRAINING_MEMORY_MB,
      maxYoungGenerationSizeMb: TRAINING_YOUNG_MB,
    },
  });
  const interactiveTimeoutMs = options.interactiveTimeoutMs ?? INTERACTIVE_TIMEOUT_MS;
  const trainingTimeoutMs = options.trainingTimeoutMs ?? TRAINING_TIMEOUT_MS;
  const stopWatching = endHungThreads(interactive, busy, interactiveTimeoutMs);
  const waiting = new WaitingCalls();
  const answer = <Result>(
    verb: string,
    request: unknown,
    transfer: readonly ArrayBufferView[],
  ): Promise<Result> =>
    waiting.during(() => call(interactive, verb, request, transfer, interactiveTimeoutMs));
  return {
    scoreCandidates: (request) => answer("scoreCandidates", request, []),
    selectPair: (request) => answer("selectPair", request, [request.baseRewards]),
    updateWeights: (request) => answer("updateWeights", request, arraysOf(request)),
    retrain: (request, onProgress, signal) => {
      const ends = { timeoutMs: trainingTimeoutMs, signal };
      return waiting.beating(() =>
        retrain(training, { request, waiting: waiting.memory }, onProgress, ends),
      );
    },
    close: async () => {
      stopWatching();
      await Promise.all([interactive.end(), training.end()]);
    },
  };
}

/** What ends a call before it is done. */
interface Ends {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

async function retrain(
  pool: ThreadPool,
  work: { readonly request: RetrainRequest; readonly waiting: SharedArrayBuffer },
  onProgress: (progress: RetrainProgress) => void,
  ends: Ends,
): Promise<RetrainResult> {
  const { port1, port2 } = new MessageChannel();
  port1.on("message", onProgress);
  try {
    const task = { ...work, progress: port2 };
    return await callAlone(pool, "retrain", task, [...arraysOf(work.request), port2], ends);
  } finally {
    port1.close();
  }
}

/** An interactive call, among others of its thread. It is begun by `timeoutMs` from now or not at all. */
async function call<Result>(
  pool: ThreadPool,
  verb: string,
  request: unknown,
  transfer: readonly ArrayBufferView[],
  timeoutMs: number,
): Promise<Result> {
  // The threads' own start, on a busy machine, is nobody's delay.
  await pool.started();
  const beginBy = sharedNow() + timeoutMs;
  const result = await run<Result | typeof TOO_LATE>(
    pool,
    verb,
    { request, beginBy },
    { transfer, timedOut: () => pool.isEndingHung },
  );
  if (result === TOO_LATE) throw new ComputeError(verb, "timedOut", undefined);
  return result;
}

/** A call that has a thread to itself, which is ended with it. */
async function callAlone<Result>(
  pool: ThreadPool,
  verb: string,
  task: unknown,
  transfer: readonly (ArrayBufferView | MessagePort)[],
  { timeoutMs, signal }: Ends,
): Promise<Result> {
  await pool.started();
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  const timer = setTimeout(giveUp, timeoutMs);
  signal?.addEventListener("abort", giveUp);
  try {
    signal?.throwIfAborted();
    const timedOut = () => controller.signal.aborted;
    return await run(pool, verb, task, { transfer, timedOut, signal: controller.signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  }
}

interface RunOptions {
  readonly transfer: readonly (ArrayBufferView | MessagePort)[];
  /** Whether what fails now fails for having taken too long. */
  readonly timedOut: () => boolean;
  readonly signal?: AbortSignal;
}

/** A call to a pool that has started. */
async function run<Result>(
  pool: ThreadPool,
  verb: string,
  task: unknown,
  { transfer, timedOut, signal }: RunOptions,
): Promise<Result> {
  if (pool.closed) throw new ComputeError(verb, "closed", undefined);
  const transferList = transfer.map((item) => (ArrayBuffer.isView(item) ? item.buffer : item));
  try {
    return (await pool.run(task, {
      name: verb,
      transferList: transferList as never,
      ...(signal && { signal }),
    })) as Result;
  } catch (cause) {
    const failure = failureOf(pool, cause, timedOut());
    throw failure === undefined ? cause : new ComputeError(verb, failure, cause);
  }
}

function failureOf(
  pool: ThreadPool,
  cause: unknown,
  timedOut: boolean,
): ComputeFailure | undefined {
  const ended = isThreadEnd(cause);
  if (timedOut && (ended || isAbort(cause))) return "timedOut";
  if (pool.closed) return "closed";
  return ended ? "crashed" : undefined;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function arraysOf(request: UpdateRequest | RetrainRequest): ArrayBufferView[] {
  return Object.values(request.comparisons).filter((value) => ArrayBuffer.isView(value));
}

/** Threads run JavaScript: from source (in tests) the built worker is used. */
function builtWorkerFile(): string {
  const own = fileURLToPath(import.meta.url);
  const file = own.endsWith(".ts")
    ? fileURLToPath(new URL("../dist/workers/pool-thread.js", import.meta.url))
    : fileURLToPath(new URL("./pool-thread.js", import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build" first.`);
  return file;
}
