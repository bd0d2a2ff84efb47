/** What came of a retraining, as the queue keeps it: the one who asked may be in another process. */
import { VotesTakenBackError } from "../contributors.js";
import { BaseRewardsChangedError } from "../model-errors.js";
import {
  isRefusal,
  RetrainingInProgressError,
  type RetrainingReport,
  TooFewMembersError,
} from "../retraining.js";

/** JSON, for the queue. A refusal is no failure: to try again at once would change nothing. */
export type JobOutcome = { readonly report: RetrainingReport } | Refused;

interface Refused {
  /** The error's name. */
  readonly refused: string;
  readonly message: string;
  /** Of those who are too few. */
  readonly members?: number;
}

/** Rethrows what is no refusal. */
export function outcomeOfError(error: unknown): JobOutcome {
  if (!isRefusal(error)) throw error;
  const { name: refused, message } = error;
  if (error instanceof TooFewMembersError) return { refused, message, members: error.members };
  return { refused, message };
}

/** The refusal as it was thrown there, for whoever puts it into words. */
export function refusalOf({ refused, message, members = 0 }: Refused) {
  if (refused === "TooFewMembersError") return new TooFewMembersError(members);
  if (refused === "VotesTakenBackError") return new VotesTakenBackError();
  if (refused === "BaseRewardsChangedError") return new BaseRewardsChangedError();
  if (refused === "RetrainingInProgressError") return new RetrainingInProgressError();
  return Object.assign(new Error(message), { name: refused });
}
