/** Chooses J, how many base rewards are used, by the likelihood of held-out members. */
import type { FactorisationOptions } from "../estimate/factorise.js";
import type { Fold } from "../validate/folds.js";
import type { HeldOutScore } from "../validate/held-out.js";
import { meanOf, paired } from "../validate/paired.js";
import { type ScoredFolds, scoreRank, type TrainedFolds } from "../validate/score-folds.js";

const RANKS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96, 128];
/** More base rewards are tried until so many in a row gained nothing. */
const PATIENCE = 3;
/** Numbers that cost no more than so much of a standard error of likelihood are as good as the best. */
const TOLERANCE = 1;
/** With so many members for each feature the covariance is known in every direction. */
const MEMBERS_PER_FEATURE = 5;
/**
 * Fewer base rewards than these are used only if they are better: what is left out is lost to new
 * prompts, though the likelihood of votes on known ones hardly shows it.
 */
const FEWEST = 6;
/** Better is by more than so many standard errors. */
const TOLERANCE_OF_FEWEST = 2;
/** All directions that are known are used, unless that costs more than so many standard errors. */
const TOLERANCE_OF_ALL = 1.5;

export interface RankSearch extends TrainedFolds {
  readonly maximumRank: number;
}

export type ChosenRank = ScoredFolds & FactorisationOptions;

/** Ranks are judged by members with many answers: with few, one base reward is as good as ten. */
function allAnswered(score: HeldOutScore): number {
  return score.all.logLikelihood;
}

function meanOfAll({ scores }: ChosenRank): number {
  return meanOf([...scores.values()].map(allAnswered)).mean;
}

/** Whether there are members enough to know how tastes differ in every one of P directions. */
export function knowsEveryDirection(folds: readonly Fold[], dimensions: number): boolean {
  return folds[0]!.others.length >= MEMBERS_PER_FEATURE * dimensions;
}

/**
 * The middle one of the numbers whose likelihood is within {@link TOLERANCE} of the best number's: the
 * best itself would often be far from what is best for everybody else. Where that is less than
 * {@link FEWEST}, so many, unless they are clearly worse.
 */
export function chooseRank(search: RankSearch): ChosenRank {
  const limit = Math.min(search.maximumRank, search.data.dimensions);
  const tried: ChosenRank[] = [];
  let best = 0;
  for (const rank of [...RANKS.filter((candidate) => candidate < limit), limit]) {
    tried.push(scoreRank(search, rank));
    if (meanOfAll(tried.at(-1)!) > meanOfAll(tried[best]!)) best = tried.length - 1;
    if (rank >= FEWEST && tried.length - 1 - best >= PATIENCE) break;
  }
  const within = (tolerance: number) => (candidate: ChosenRank) => {
    const loss = paired(tried[best]!.scores, candidate.scores, allAnswered);
    return loss.mean <= tolerance * loss.standardError;
  };
  const { dimensions } = search.data;
  if (limit === dimensions && knowsEveryDirection(search.folds, dimensions)) {
    const all = scoreRank(search, limit);
    if (within(TOLERANCE_OF_ALL)(all)) return all;
  }
  const good = tried.filter(within(TOLERANCE));
  const middle = good[Math.floor(good.length / 2)]!;
  if (middle.rank >= FEWEST) return middle;
  const fewest = tried.find(({ rank }) => rank >= FEWEST);
  return fewest && within(TOLERANCE_OF_FEWEST)(fewest) ? fewest : middle;
}
