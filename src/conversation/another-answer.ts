/**
 * One more answer for somebody who asked for another one, where no runner-up is stored. Knows the
 * candidates and the worker pool; no Discord, no store.
 */
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import type { UserWeights } from "../../models/rewards/user-weights.js";
import type { Slot } from "../../models/steering/spread.js";
import type { Compute } from "../../workers/compute.js";
import type { BallotDraft } from "../ballots/ballots.js";
import type { CurrentModel } from "../members/profiles.js";
import type { MemberKey } from "../store/records.js";
import { draftAnother, memberTextsOf } from "./ballot-draft.js";
import type { CandidateSource } from "./candidates/candidate-source.js";
import type { ReplyRequest } from "./reply.js";

/** The answer that is there. */
export interface FirstAnswer {
  readonly text: string;
  /** In which manner it was asked for, where that is known. */
  readonly manner?: Slot;
}

export interface AnotherAnswerParts {
  readonly candidates: CandidateSource;
  readonly compute: Compute;
  readonly models: CurrentModel;
  readonly weightsOf: (member: MemberKey, model: BaseRewardModel) => Promise<UserWeights>;
}

/**
 * Writes an answer to `request` in the first of `slots` that is not the manner of `first`; both as a
 * comparison, undefined if they are the same. Throws `GenerationFailedError`.
 */
export async function writeAnother(
  request: ReplyRequest,
  first: FirstAnswer,
  slots: readonly Slot[] | undefined,
  { candidates, compute, models, weightsOf }: AnotherAnswerParts,
): Promise<BallotDraft | undefined> {
  const { channelId, history, member, place, signal } = request;
  const slot = slots?.find((one) => !isSameManner(one, first.manner)) ?? slots?.[0];
  const { texts, demonstration, writtenBy } = await candidates.generate({
    history,
    count: 1,
    ...(slot && { slots: [slot] }),
    ...place,
    ...(channelId !== undefined && { asker: { ...member, channelId } }),
    ...(signal && { signal }),
  });
  const second = texts.find((text) => text.trim() !== first.text.trim());
  if (second === undefined) return undefined;
  const model = models.current;
  const userWeights = await weightsOf(member, model);
  const responses = [first.text, second];
  const scored = await compute.scoreCandidates({ model, userWeights, responses });
  const known = slot && [first.manner ?? UNKNOWN, slot];
  const memberTexts = memberTextsOf(request);
  const written = { texts: responses, slots: known, writtenBy };
  const considered = { model, ...written, scored, userWeights, memberTexts };
  return draftAnother(request, considered, 0, demonstration !== undefined);
}

/** What a manner counts as that nobody knows: nothing was asked for. */
const UNKNOWN: Slot = { kind: "plain", directives: [] };

function isSameManner(slot: Slot, first: Slot = UNKNOWN): boolean {
  return JSON.stringify(slot.directives) === JSON.stringify(first.directives);
}
