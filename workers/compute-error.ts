/** Why a computation did not come back. */
export type ComputeFailure = "timedOut" | "crashed" | "closed";

const SENTENCES: Record<ComputeFailure, string> = {
  timedOut: "took too long and was stopped; the worker pool goes on",
  crashed: "ended its worker thread; the worker pool goes on with a new one",
  closed: "was refused, because the worker pool is closed",
};

/** A computation that failed for a reason outside of itself. Errors of its own input pass unchanged. */
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
