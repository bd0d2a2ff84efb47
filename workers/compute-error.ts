/** Why a computation did not come back. */
export type ComputeFailure = "timedOut" | "crashed" | "closed";

const SENTENCES: Record<ComputeFailure, string> = {
  timedOut: "took too long, or its turn came too late, and was given up; the worker pool goes on",
  crashed: "ended its worker thread; the worker pool goes on with a new one",
  closed: "was refused, because the worker pool is closed",
};

/**
 * Thrown when a computation did not come back: it took too long, its thread ended, or the pool is
 * closed. Answer without it; the next call works again unless the pool is closed. Errors about its
 * input pass unchanged.
 */
export class ComputeError extends Error {
  override readonly name = "ComputeError";

  constructor(
    readonly verb: string,
    readonly failure: ComputeFailure,
    cause: unknown,
  ) {
    super(`${verb} ${SENTENCES[failure]}.`, { cause });
  }
}

/**
 * Whether an error of Piscina's says that the thread ended before its task: by `process.exit()`, or
 * because it ran out of memory. Piscina exports neither a class nor a code for the former, only words.
 */
export function isThreadEnd(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (
    code === "ERR_WORKER_OUT_OF_MEMORY" || /^worker exited with code: \d+$/.test(error.message)
  );
}
