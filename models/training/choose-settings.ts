/**
 * Chooses how strongly to shrink, when to stop and how many base rewards to keep, by the
 * likelihood of held-out members. Knows nothing of the model that is in use now.
 */
import {
  type Directions,
  factorise,
  type LinearBaseRewards,
  leadingDirections,
} from "./factorise.js";
import type { Fold } from "./folds.js";
import { type MemberScore, type MemberVotes, scoreMember } from "./held-out.js";
import { dot } from "./matrix.js";
import type { Population } from "./member-posterior.js";
import { estimatePopulation, flatPopulation } from "./population.js";
import type { TrainingData } from "./training-data.js";

export interface LinearSettings {
  /** J. */
  readonly rank: number;
  /** Imagined members with independent feature weights that the covariance is shrunk by. */
  readonly shrinkage: number;
  /** Rounds of the estimator; fewer regularise more. */
  readonly rounds: number;
}

export interface ChosenSettings {
  readonly settings: LinearSettings;
  /** Scores of the held-out members with these settings, by member. */
  readonly scores: ReadonlyMap<number, MemberScore>;
  /** What each fold's training gave with these settings. */
  readonly folds: readonly LinearBaseRewards[];
}

const SHRINKAGES = [75, 25, 200];
const RANKS = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96];
const ROUNDS = [2, 3, 4, 5, 6, 8, 10, 12];
/** The path of rounds ends when the best likelihood is this many stops old. */
const PATIENCE = 2;

/**
 * Trains on every fold with every shrinkage, scores the held-out members after an eighth, a quarter
 * and half of their votes along the way, and takes the settings with the best mean likelihood.
 * `moment` is the second moment of the differences, [P, P].
 */
export function chooseSettings(
  data: TrainingData,
  folds: readonly Fold[],
  maximumRank: number,
  moment: Float64Array,
  onProgress: (done: number) => void,
): ChosenSettings {
  let best: Candidate | undefined;
  SHRINKAGES.forEach((shrinkage, index) => {
    const found = followPath(data, folds, shrinkage, maximumRank, moment, (done) =>
      onProgress((index + done) / SHRINKAGES.length),
    );
    if (best === undefined || found.likelihood > best.likelihood) best = found;
  });
  return best!;
}

interface Candidate extends ChosenSettings {
  readonly likelihood: number;
}

/** The best number of rounds and rank for one shrinkage, all folds in step. */
function followPath(
  data: TrainingData,
  folds: readonly Fold[],
  shrinkage: number,
  maximumRank: number,
  moment: Float64Array,
  onProgress: (done: number) => void,
): Candidate {
  const start = flatPopulation(data.dimensions);
  const paths = folds.map((fold) => estimatePopulation(data, fold.training, { shrinkage, start }));
  let best: Candidate | undefined;
  let stale = 0;
  let round = 0;
  for (const rounds of ROUNDS) {
    let populations: Population[] = [];
    for (; round < rounds; round++) populations = paths.map((path) => path.next().value);
    const directions = populations.map(leadingDirections);
    let improved = false;
    for (const rank of RANKS.filter((value) => value <= Math.min(maximumRank, data.dimensions))) {
      const settings = { rank, shrinkage, rounds };
      const candidate = evaluate(data, folds, populations, directions, settings, moment);
      if (best !== undefined && candidate.likelihood <= best.likelihood) continue;
      best = candidate;
      improved = true;
    }
    onProgress(rounds / ROUNDS.at(-1)!);
    stale = improved ? 0 : stale + 1;
    if (stale === PATIENCE) break;
  }
  return best!;
}

function evaluate(
  data: TrainingData,
  folds: readonly Fold[],
  populations: readonly Population[],
  directions: readonly Directions[],
  settings: LinearSettings,
  moment: Float64Array,
): Candidate {
  const scores = new Map<number, MemberScore>();
  let likelihood = 0;
  const trained = folds.map((fold, index) => {
    const model = factorise(populations[index]!, directions[index]!, settings.rank, moment);
    for (const member of fold.heldOut) {
      const votes = votesOf(data, member, model);
      const half = Math.floor(votes.count / 2);
      const parts = [half, Math.ceil(half / 2), Math.ceil(half / 4)].map((answered) =>
        scoreMember(model, votes, answered, half),
      );
      scores.set(member, parts[0]!);
      for (const part of parts) likelihood += part.logLikelihood / parts.length;
    }
    return model;
  });
  return { settings, scores, folds: trained, likelihood: likelihood / scores.size };
}

/** One member's comparisons in the base rewards of `model`. */
export function votesOf(data: TrainingData, member: number, model: LinearBaseRewards): MemberVotes {
  const start = data.starts[member]!;
  const end = data.starts[member + 1]!;
  const size = data.dimensions;
  const differences = new Float64Array((end - start) * model.rank);
  for (let row = start; row < end; row++) {
    const own = data.differences.subarray(row * size, (row + 1) * size);
    for (let axis = 0; axis < model.rank; axis++) {
      differences[(row - start) * model.rank + axis] = dot(
        own,
        0,
        model.weights,
        axis * size,
        size,
      );
    }
  }
  return {
    count: end - start,
    differences,
    outcomes: data.outcomes.subarray(start, end),
    positions: data.positions.subarray(start, end),
    weights: data.weights.subarray(start, end),
  };
}
