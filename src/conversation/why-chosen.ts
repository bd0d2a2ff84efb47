/** Why a candidate was chosen: axis by axis over the second best, and how it was asked for. No I/O. */
import { indexOfBest } from "../../models/rewards/choice-doubt.js";
import { membersAgree } from "../../models/rewards/personal-share.js";
import type { Tipping, Why } from "../ballots/reply-notes.js";
import type { Consideration } from "./ballot-draft.js";

/** Undefined where the member's taste neither chose it nor had a word in how it was written. */
export function whyChosen(considered: Consideration, chosen: number): Why | undefined {
  const { scored, slots } = considered;
  const manner = slots?.[chosen];
  const isBest =
    !membersAgree(considered.model) &&
    scored.rewards.length > 1 &&
    chosen === indexOfBest(scored.rewards);
  const tipped = isBest ? whyBest(considered) : undefined;
  if (tipped === undefined && (manner?.directives.length ?? 0) === 0) return undefined;
  return { ...(tipped ?? { tipped: [] }), ...(manner && { manner }) };
}

/** λ_j (φ_j(best) − φ_j(second)) for every axis, the largest first. */
function whyBest({
  model: { axes, rank },
  userWeights: { weights },
  scored: { baseRewards, rewards },
  texts,
}: Consideration): { readonly tipped: Tipping[]; readonly runnerUp: string } {
  const best = indexOfBest(rewards);
  const others = rewards.map((reward, row) => (row === best ? Number.NEGATIVE_INFINITY : reward));
  const second = indexOfBest(others);
  const tipped = axes.map((axis, at) => ({
    axis,
    amount: weights[at]! * (baseRewards[best * rank + at]! - baseRewards[second * rank + at]!),
  }));
  tipped.sort((first, other) => Math.abs(other.amount) - Math.abs(first.amount));
  return { tipped, runnerUp: texts[second]! };
}
