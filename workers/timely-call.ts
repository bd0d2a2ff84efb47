/** How an interactive thread takes a call: not once nobody waits for it any more, and busy all the while. */
import { workerData } from "node:worker_threads";
import { BusyThreads } from "./busy-threads.js";
import { sharedMsBetween, sharedNow } from "./shared-clock.js";

/** What an interactive thread is given. */
export interface TimelyCall<Request> {
  readonly request: Request;
  /** The moment, by the shared clock, after which nobody wants its result. */
  readonly beginBy: number;
}

/** What it is started with. */
export interface InteractiveThreadData {
  readonly busy: SharedArrayBuffer;
}

/** The result of a call whose turn came too late. */
export const TOO_LATE = "too late";

/** `verb` for a call with a limit to its waiting. What `verb` throws is thrown. */
export function timely<Request, Result>(
  verb: (request: Request) => Result,
): (call: TimelyCall<Request>) => Result | typeof TOO_LATE {
  const data = workerData as InteractiveThreadData | null;
  const busy = new BusyThreads(data?.busy);
  return ({ request, beginBy }) => {
    if (sharedMsBetween(beginBy, sharedNow()) > 0) return TOO_LATE;
    return busy.during(() => verb(request));
  };
}
