/** How the commands end when data are at fault and not the program: one line, exit code 1. */
import { NotEnoughFeedbackError } from "../../../models/training/not-enough-feedback.js";
import { DatasetError } from "./dataset-error.js";

/** Nobody's test pairs have both labels, so nothing can be scored. */
export class NobodyToScoreError extends Error {
  override readonly name = "NobodyToScoreError";

  constructor() {
    super("No new user has test pairs with both labels: add some to them.");
  }
}

/** Prints the message of an error that its message explains; throws any other again. */
export function reportFailure(error: unknown): void {
  const expected = [DatasetError, NotEnoughFeedbackError, NobodyToScoreError];
  if (!expected.some((kind) => error instanceof kind)) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
