/**
 * What the gate judges by: how well held-out people's votes are predicted from each other, and from
 * the average taste alone. Knows no training.
 */
import type { BaseRewardModel } from "../base-rewards.js";
import { heldOutRows, type MemberScore, type MemberVotes, scoreMember } from "./held-out.js";
import { votesUnder } from "./score-members.js";
import type { TrainingData } from "./training-data.js";

export interface GateScore {
  /** Each half of the person's votes, predicted from the other one. */
  readonly personal: MemberScore;
  /** All of these votes, predicted from none. */
  readonly average: MemberScore;
}

/**
 * The scores of the held-out `members` under `model`, by member. Where the model counts nothing
 * personal, both scores are that of the average taste.
 */
export function scoreForGate(
  model: BaseRewardModel,
  members: readonly number[],
  data: TrainingData,
): Map<number, GateScore> {
  const scores = new Map<number, GateScore>();
  for (const member of members) {
    const { rows, answered } = heldOutRows(data, member);
    const votes = votesUnder(model, rows, data.order, data.pooled, data);
    const average = scoreMember(model, { ...votes, answered: 0 }, 0, 0);
    const turned = turn(votes, answered);
    const personal =
      model.personalShare === 0
        ? average
        : together(
            scoreMember(model, { ...votes, answered }, answered, answered),
            scoreMember(model, turned, turned.answered, turned.answered),
          );
    scores.set(member, { personal, average });
  }
  return scores;
}

/** The votes from number `from` on first, and then those before it. */
function turn(votes: Omit<MemberVotes, "answered">, from: number): MemberVotes {
  const rank = votes.differences.length / votes.count;
  const turned = (values: Float64Array, columns: number) => {
    const out = new Float64Array(values.length);
    out.set(values.subarray(from * columns));
    out.set(values.subarray(0, from * columns), (votes.count - from) * columns);
    return out;
  };
  return {
    count: votes.count,
    answered: votes.count - from,
    differences: turned(votes.differences, rank),
    outcomes: turned(votes.outcomes, 1),
    positions: turned(votes.positions, 1),
    weights: turned(votes.weights, 1),
  };
}

/** Means over the comparisons of both. */
function together(first: MemberScore, second: MemberScore): MemberScore {
  const comparisons = first.comparisons + second.comparisons;
  const mean = (pick: (score: MemberScore) => number) =>
    (first.comparisons * pick(first) + second.comparisons * pick(second)) / comparisons;
  return {
    logLikelihood: mean((score) => score.logLikelihood),
    accuracy: mean((score) => score.accuracy),
    comparisons,
  };
}
