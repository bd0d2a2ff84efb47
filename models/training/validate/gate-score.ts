/**
 * What the gate judges by: how well held-out people's votes are predicted from each other, and from
 * the average taste alone. Knows no training.
 */
import type { BaseRewardModel } from "../../rewards/base-rewards.js";
import { narrowed } from "../../rewards/personal-share.js";
import type { TrainingData } from "../estimate/training-data.js";
import { heldOutRows, type MemberScore, type MemberVotes, scoreMember } from "./held-out.js";
import { votesUnder } from "./score-members.js";

export interface GateScore {
  /** Each half of the person's votes, predicted from the other one. */
  readonly personal: MemberScore;
  /** All of these votes, predicted from none. */
  readonly average: MemberScore;
}

/**
 * A vote that is newer than the current base rewards counts so many times: people will vote as they
 * do now.
 */
const RECENT = 2;

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
    const votes = gateVotes(model, rows, data);
    const average = scoreMember(averageOnly(model), { ...votes, answered: 0 }, 0, 0);
    const personal = model.personalShare === 0 ? average : bothWays(model, votes, answered);
    scores.set(member, { personal, average });
    data.pause();
  }
  return scores;
}

/** The same base rewards with what everybody likes alone: nobody has a taste of their own. */
export function averageOnly(model: BaseRewardModel): BaseRewardModel {
  const { mean, precision } = model.prior;
  return { ...model, personalShare: 0, prior: { mean, precision: narrowed(precision, 0) } };
}

type GateVotes = Required<Omit<MemberVotes, "answered">>;

function gateVotes(model: BaseRewardModel, rows: readonly number[], data: TrainingData): GateVotes {
  const { order, pooled } = data;
  const votes = votesUnder(model, rows, order, pooled, data);
  const importance = votes.weights.map((weight, at) =>
    pooled.trainedBefore?.[order[rows[at]!]!] ? weight : RECENT * weight,
  );
  return { ...votes, importance };
}

/** The first `answered` votes predict the others, and the others the first. */
function bothWays(model: BaseRewardModel, votes: GateVotes, answered: number): MemberScore {
  const turned = turn(votes, answered);
  const halves = [
    scoreMember(model, { ...votes, answered }, answered, answered),
    scoreMember(model, turned, turned.answered, turned.answered),
  ] as const;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const shares = [
    sum(votes.importance.subarray(answered)),
    sum(votes.importance.subarray(0, answered)),
  ];
  const mean = (pick: (score: MemberScore) => number) =>
    (shares[0]! * pick(halves[0]) + shares[1]! * pick(halves[1])) / (shares[0]! + shares[1]!);
  return {
    logLikelihood: mean((score) => score.logLikelihood),
    accuracy: mean((score) => score.accuracy),
    comparisons: votes.count,
  };
}

/** The votes from number `from` on first, and then those before it. */
function turn(votes: GateVotes, from: number): GateVotes & MemberVotes {
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
    importance: turned(votes.importance, 1),
  };
}
