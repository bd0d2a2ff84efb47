/** Why there is no retraining, if people can understand the reason. No Discord. */
import { MINIMUM_MEMBERS } from "../../models/training/not-enough-feedback.js";
import type { Say } from "../language/say.js";
import { VotesTakenBackError } from "./contributors.js";
import { NoTrainerError } from "./jobs/jobs.js";
import { BaseRewardsChangedError } from "./model-errors.js";
import { isRefusal, RetrainingInProgressError, TooFewMembersError } from "./retraining.js";
import { TrainingTakenOverError } from "./training-claim.js";

/** One or two sentences; undefined for an error that is no refusal. */
export function refusalText(error: unknown, say: Say): string | undefined {
  if (error instanceof NoTrainerError) return say("training.noTrainer");
  if (!isRefusal(error)) return undefined;
  if (error instanceof TrainingTakenOverError) return say("training.takenOver");
  if (error instanceof RetrainingInProgressError) return say("training.inProgress");
  if (error instanceof BaseRewardsChangedError) return say("training.changedMeanwhile");
  if (error instanceof VotesTakenBackError) return say("training.votesTakenBack");
  if (error instanceof TooFewMembersError) {
    return say("training.tooFewMembers", { members: error.members, minimum: MINIMUM_MEMBERS });
  }
  // Errors of the training thread have lost their figures, except in their English words.
  if (say.language === "en") return error.message;
  const isAboutPeople = error.name === "TooFewHeldOutError";
  return say(isAboutPeople ? "training.tooFewHeldOut" : "training.notEnoughVotes");
}
