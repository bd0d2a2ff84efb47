/**
 * Chooses where training starts, how strongly it shrinks, when it stops and how many base rewards
 * it keeps, by the likelihood of held-out members. Knows nothing of the model that is in use now.
 */

import type { RandomGenerator } from "../../algebra/random.js";
import type { LinearSettings, Origin, PopulationSettings } from "../../rewards/recipe.js";
import { factorise, type LinearBaseRewards, leadingDirections } from "../estimate/factorise.js";
import { type Starts, startOf } from "../estimate/implied-population.js";
import type { Population } from "../estimate/member-posterior.js";
import { estimatePopulation } from "../estimate/population.js";
import { foretells, withoutMean } from "../estimate/shared-taste.js";
import type { TrainingData } from "../estimate/training-data.js";
import type { Fold } from "../validate/folds.js";
import type { HeldOutScore } from "../validate/held-out.js";
import { meanOf } from "../validate/paired.js";
import { scoreFolds, scoreRank } from "../validate/score-folds.js";
import { scorePopulations } from "../validate/score-population.js";
import { chooseRank, knowsEveryDirection } from "./choose-rank.js";
import { choosePersonalShare, type Trial } from "./choose-share.js";

export interface ChosenSettings {
  readonly settings: LinearSettings;
  /** Scores of the held-out members with these settings, by member. */
  readonly scores: ReadonlyMap<number, HeldOutScore>;
  /** What each fold's training gave with these settings. */
  readonly folds: readonly LinearBaseRewards[];
  /** What folds give that hold prompts out as well, with κ = 1; none where prompts can't be held out. */
  readonly trials: readonly Trial[];
  /** The population that the first fold's training gave. */
  readonly population: Population;
}

/** What choosing needs to know. */
export interface SettingsSearch {
  readonly data: TrainingData;
  readonly folds: readonly Fold[];
  readonly starts: Starts;
  readonly maximumRank: number;
  /** Second moment of the differences, [P, P]. */
  readonly moment: Float64Array;
  /** How many rounds more may take in the members that a fold left out of its search. */
  readonly refinements: number;
  readonly random: RandomGenerator;
  /** `done` runs from 0 to 1. */
  readonly onProgress: (done: number) => void;
}

interface Family extends Origin {
  /** The first is tried first, the others when this family has won. */
  readonly shrinkages: readonly [number, ...number[]];
}

const FAMILIES: readonly Family[] = [
  { from: "starter", target: "independent", shrinkages: [30, 10, 100] },
  { from: "starter", target: "start", shrinkages: [30, 10, 100] },
  { from: "nothing", target: "independent", shrinkages: [90, 30, 270] },
];
/** When not every direction is used, paths are compared by so many base rewards. */
const PATH_RANK = 8;
/** Stops on the way. Who knows nothing at the start has all to learn, and is kept from more by shrinking. */
const ROUNDS = { starter: [2, 4, 7, 10], nothing: [14] };
/** Rounds that another shrinkage goes on for from the end of the long path from nothing. */
const ROUNDS_OF_OTHER = 3;
/** Standard errors. */
const CLEARLY = 2;
/** Folds with this many held-out members are enough to choose a path by. */
const ENOUGH_HELD_OUT = 15;
/** A path ends when two stops in a row gained less than this, in nats, ... */
const SMALLEST_GAIN = 0.001;
const PATIENCE = 2;
/** ... or when after this many rounds it is this far behind the best path. */
const ROUNDS_TO_CATCH_UP = 4;
const HOPELESS = 0.01;

/**
 * Trains along several paths, scores held-out members on the way, and takes the path and the round
 * with the best mean likelihood, on as many folds as that needs; then chooses, on all folds, whether
 * to keep the mean and how many base rewards to keep.
 */
export function chooseSettings(search: SettingsSearch): ChosenSettings {
  const trial = { ...search, folds: fewFolds(search.folds) };
  const best = choosePath(trial);
  const { settings } = best;
  const searched = [...best.populations, ...repeat(search, settings, trial.folds.length)];
  const refined = refine(search, searched, settings);
  const shared = foretells(search, refined);
  const populations = shared ? refined : refined.map(withoutMean);
  const directions = populations.map((population) => leadingDirections(population, search.moment));
  const trained = { ...search, populations, directions };
  const ranked = chooseRank(trained);
  const { attenuated, models, rank } = ranked;
  const complete = { ...settings, shared, rank, attenuated };
  const train = (fold: Fold, data: TrainingData) => trainFold(search, fold, data, complete);
  const { personalShare, trials } = choosePersonalShare({ ...search, models, train });
  const { models: folds, scores } =
    personalShare === 1 ? ranked : scoreFolds(trained, { rank, attenuated, personalShare });
  return {
    settings: { ...complete, personalShare },
    scores,
    folds,
    trials,
    population: refined[0]!,
  };
}

/** The base rewards of one fold from other data than the search's. */
function trainFold(
  { moment, starts }: SettingsSearch,
  { training }: Fold,
  data: TrainingData,
  settings: Omit<LinearSettings, "personalShare">,
): LinearBaseRewards {
  const voters = training.filter((member) => data.starts[member + 1]! > data.starts[member]!);
  const population = populationAfter(data, voters, settings, startOf(settings, starts));
  const used = settings.shared ? population : withoutMean(population);
  return factorise(used, leadingDirections(used, moment), settings);
}

/** The best origin, and a shrinkage from there. */
function choosePath(trial: SettingsSearch): Stop {
  const families = FAMILIES.filter(({ from }) => trial.starts.starter || from === "nothing");
  const paths = families.length + 1;
  const [first, ...others] = families as [Family, ...Family[]];
  let winner = first;
  let best = followPath(trial, first, first.shrinkages[0]);
  trial.onProgress(1 / paths);
  others.forEach((family, index) => {
    const found = followPath(trial, family, family.shrinkages[0], best.likelihood);
    if (found.likelihood > best.likelihood) [winner, best] = [family, found];
    trial.onProgress((index + 2) / paths);
  });
  return chooseShrinkage(trial, winner, best);
}

/**
 * Other shrinkages must be better by {@link CLEARLY} standard errors: few held-out members would often
 * prefer one that is worse for everybody else.
 */
function chooseShrinkage(trial: SettingsSearch, family: Family, best: Stop): Stop {
  for (const shrinkage of family.shrinkages.slice(1)) {
    const found =
      family.from === "nothing"
        ? goOn(trial, best, shrinkage)
        : followPath(trial, family, shrinkage, best.likelihood);
    const gain = meanOf(found.scores.map((score, member) => score - best.scores[member]!));
    if (gain.mean > CLEARLY * gain.standardError) return found;
    // Where less shrinkage helps, if only by chance, more of it does not.
    if (gain.mean > 0) return best;
  }
  return best;
}

function goOn(trial: SettingsSearch, { populations, settings }: Stop, shrinkage: number): Stop {
  const { data, folds } = trial;
  const { from, rounds, target } = settings;
  const other = { rounds: ROUNDS_OF_OTHER, shrinkage, target };
  return stopAt(
    trial,
    { from, target, shrinkage, rounds },
    folds.map(({ training }, fold) => populationAfter(data, training, other, populations[fold]!)),
  );
}

function fewFolds(folds: readonly Fold[]): readonly Fold[] {
  let heldOut = 0;
  const enough = folds.findIndex((fold) => {
    heldOut += fold.heldOut.length;
    return heldOut >= ENOUGH_HELD_OUT;
  });
  return enough < 0 ? folds : folds.slice(0, enough + 1);
}

/** What `settings` give on the folds from number `first` on. */
function repeat(
  { data, folds, starts }: SettingsSearch,
  settings: PopulationSettings,
  first: number,
): Population[] {
  const start = startOf(settings, starts);
  return folds.slice(first).map((fold) => populationAfter(data, fold.training, settings, start));
}

/** Takes in the members that the search left out for speed. */
function refine(
  { data, folds, refinements }: SettingsSearch,
  populations: readonly Population[],
  settings: PopulationSettings,
): Population[] {
  return folds.map((fold, index) =>
    fold.others.length > fold.training.length
      ? populationAfter(
          data,
          fold.others,
          { ...settings, rounds: refinements },
          populations[index]!,
        )
      : populations[index]!,
  );
}

/** The population of `members` after the rounds that `settings` ask for, from `start`. */
export function populationAfter(
  data: TrainingData,
  members: readonly number[],
  { rounds, shrinkage, target }: Omit<PopulationSettings, "from">,
  start: Population,
): Population {
  const path = estimatePopulation(data, members, { shrinkage, start, target });
  let population = start;
  for (let round = 0; round < rounds; round++) population = path.next().value;
  return population;
}

interface Stop {
  readonly settings: PopulationSettings;
  /** Log-likelihoods of the held-out members, and their mean. */
  readonly scores: readonly number[];
  readonly likelihood: number;
  /** One for each fold. */
  readonly populations: readonly Population[];
}

/** The best round of one path, all folds in step. */
function followPath(
  search: SettingsSearch,
  { from, target }: Origin,
  shrinkage: number,
  toBeat = Number.NEGATIVE_INFINITY,
): Stop {
  const { data, folds } = search;
  const start = startOf({ from }, search.starts);
  const options = { shrinkage, start, target };
  const paths = folds.map((fold) => estimatePopulation(data, fold.training, options));
  let best: Stop | undefined;
  let round = 0;
  let stale = 0;
  for (const rounds of ROUNDS[from]) {
    let populations: Population[] = [];
    for (; round < rounds; round++) populations = paths.map((path) => path.next().value);
    const stop = stopAt(search, { from, target, shrinkage, rounds }, populations);
    const gain = stop.likelihood - (best?.likelihood ?? Number.NEGATIVE_INFINITY);
    if (gain > 0) best = stop;
    const hopeless = rounds >= ROUNDS_TO_CATCH_UP && best!.likelihood < toBeat - HOPELESS;
    stale = gain < SMALLEST_GAIN ? stale + 1 : 0;
    if (stale === PATIENCE || hopeless) break;
  }
  return best!;
}

function stopAt(
  search: SettingsSearch,
  settings: PopulationSettings,
  populations: readonly Population[],
): Stop {
  const scores = scoresOf(search, populations);
  return { settings, scores, likelihood: meanOf(scores).mean, populations };
}

/** Log-likelihoods of the folds' held-out members, in the order of the folds. */
function scoresOf(search: SettingsSearch, populations: readonly Population[]): number[] {
  const { data, folds, maximumRank, moment } = search;
  if (knowsEveryDirection(folds, data.dimensions)) {
    return scorePopulations(data, folds, populations);
  }
  const directions = populations.map((population) => leadingDirections(population, moment));
  const rank = Math.min(maximumRank, PATH_RANK);
  const { scores } = scoreRank({ data, folds, populations, directions }, rank);
  return [...scores.values()].map((score) => score.logLikelihood);
}
