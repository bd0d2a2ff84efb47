/** Counts of outcomes, cell by cell: how often the gate is right. Runs nothing. */
import type { Happening, Plan } from "./plans.js";
import type { Outcome } from "./run-plan.js";

/** Nats a vote on new people, from which on a candidate is worth adopting. */
export const WORTH_ADOPTING = 0.01;

/** One situation, over all seeds. */
export interface Cell {
  readonly members: number;
  /** Votes of each person at the first training; 0 if this is the first one. */
  readonly votesBefore: number;
  readonly votesAfter: number;
  /** People who joined in between. */
  readonly joined: number;
  readonly happening: Happening;
  readonly seeds: number;
  readonly adopted: number;
  /** Candidates that are better for new people by more than {@link WORTH_ADOPTING}. */
  readonly better: number;
  /** Candidates that are not better for them at all. */
  readonly worse: number;
  readonly adoptedBetter: number;
  readonly adoptedWorse: number;
  /** Mean gain for new people, nats a vote. */
  readonly gain: number;
}

/** The cells of `plan` in its order, the first training's before the others; [seed][cell] come in. */
export function cellsOf(plan: Plan, outcomes: readonly (readonly Outcome[])[]): Cell[] {
  const { coins, members, votes } = plan;
  const first = {
    members,
    votesBefore: 0,
    votesAfter: votes,
    joined: 0,
    happening: coins ? ("coins" as const) : ("same tastes" as const),
  };
  const seconds = plan.seconds.map((second) => ({
    members,
    votesBefore: votes,
    votesAfter: second.votes,
    joined: second.joined,
    happening: second.happening,
  }));
  return [first, ...seconds].map((situation, at) => ({
    ...situation,
    ...count(outcomes.map((own) => own[at]!)),
  }));
}

function count(outcomes: readonly Outcome[]) {
  const better = outcomes.filter(({ gain }) => gain > WORTH_ADOPTING);
  const worse = outcomes.filter(({ gain }) => gain <= 0);
  const adopted = (some: readonly Outcome[]) => some.filter((one) => one.adopted).length;
  return {
    seeds: outcomes.length,
    adopted: adopted(outcomes),
    better: better.length,
    worse: worse.length,
    adoptedBetter: adopted(better),
    adoptedWorse: adopted(worse),
    gain: outcomes.reduce((sum, { gain }) => sum + gain, 0) / outcomes.length,
  };
}
