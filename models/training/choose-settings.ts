/**
 * Chooses where training starts, how strongly it shrinks, when it stops and how many base rewards
 * it keeps, by the likelihood of held-out members. Knows nothing of the model that is in use now.
 */
import {
  type Directions,
  factorise,
  type LinearBaseRewards,
  leadingDirections,
} from "./factorise.js";
import type { Fold } from "./folds.js";
import { type HeldOutScore, type MemberVotes, memberRows, scoreHeldOut } from "./held-out.js";
import { dot } from "./matrix.js";
import type { Population } from "./member-posterior.js";
import { paired } from "./paired.js";
import { estimatePopulation, flatPopulation, type ShrinkageTarget } from "./population.js";
import type { TrainingData } from "./training-data.js";

/** Where training starts and what it shrinks towards. */
export interface Origin {
  /** No knowledge, or what the starter base rewards imply. */
  readonly from: "nothing" | "starter";
  readonly target: ShrinkageTarget;
}

export interface LinearSettings extends Origin {
  /** J. */
  readonly rank: number;
  /** Imagined members that the covariance is shrunk by. */
  readonly shrinkage: number;
  /** Rounds of the estimator; fewer regularise more. */
  readonly rounds: number;
}

export interface ChosenSettings {
  readonly settings: LinearSettings;
  /** Scores of the held-out members with these settings, by member. */
  readonly scores: ReadonlyMap<number, HeldOutScore>;
  /** What each fold's training gave with these settings. */
  readonly folds: readonly LinearBaseRewards[];
}

/** What choosing needs to know. */
export interface SettingsSearch {
  readonly data: TrainingData;
  readonly folds: readonly Fold[];
  /** The population that the starter base rewards imply, where there are any for these features. */
  readonly starter: Population | undefined;
  readonly maximumRank: number;
  /** Second moment of the differences, [P, P]. */
  readonly moment: Float64Array;
  /** `done` runs from 0 to 1. */
  readonly onProgress: (done: number) => void;
}

interface Family extends Origin {
  /** The first is tried first, the others when this family has won. */
  readonly shrinkages: readonly number[];
}

const FAMILIES: readonly Family[] = [
  { from: "starter", target: "independent", shrinkages: [25, 10, 75] },
  { from: "starter", target: "start", shrinkages: [30, 10, 100] },
  { from: "nothing", target: "independent", shrinkages: [75, 25, 200] },
];
const RANKS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96];
const ROUNDS = [1, 2, 4, 7];
/** Folds with this many held-out members are enough to choose a path by. */
const ENOUGH_HELD_OUT = 15;
/** A path ends when its best likelihood is this many stops old, ... */
const PATIENCE = 2;
/** ... or when a stop gained less than this, in nats: the rest is not worth the wait, ... */
const SMALLEST_GAIN = 0.004;
/** ... or when after this many rounds it is this far behind the best path. */
const ROUNDS_TO_CATCH_UP = 4;
const HOPELESS = 0.05;

/**
 * Trains along several paths, scores held-out members on the way, and takes the path and the round
 * with the best mean likelihood, on as many folds as that needs; then, on all folds, the fewest base rewards whose likelihood is
 * within one standard error of the best rank's.
 */
export function chooseSettings(search: SettingsSearch): ChosenSettings {
  const trial = { ...search, folds: fewFolds(search.folds) };
  const families = FAMILIES.filter(({ from }) => search.starter || from === "nothing");
  const paths = families.length + FAMILIES[0]!.shrinkages.length;
  let best: Stop | undefined;
  let followed = 0;
  const follow = (origin: Origin, shrinkage: number) => {
    const found = followPath(trial, origin, shrinkage, best?.likelihood);
    if (best === undefined || found.likelihood > best.likelihood) best = found;
    search.onProgress(++followed / paths);
  };
  for (const family of families) follow(family, family.shrinkages[0]!);
  const { from, target } = best!.settings;
  const winner = families.find((family) => family.from === from && family.target === target)!;
  for (const shrinkage of winner.shrinkages.slice(1)) follow(winner, shrinkage);
  const complete = trial.folds.length === search.folds.length;
  return withFewestBaseRewards(search, complete ? best! : repeat(search, best!.settings));
}

function fewFolds(folds: readonly Fold[]): readonly Fold[] {
  let heldOut = 0;
  const enough = folds.findIndex((fold) => {
    heldOut += fold.heldOut.length;
    return heldOut >= ENOUGH_HELD_OUT;
  });
  return enough < 0 ? folds : folds.slice(0, enough + 1);
}

/** What `settings` give on all folds. */
function repeat(search: SettingsSearch, settings: LinearSettings): Stop {
  const { data, folds } = search;
  const start = startOf(settings, data.dimensions, search.starter);
  const populations = folds.map((fold) => populationAfter(data, fold.training, settings, start));
  return evaluate(search, populations, populations.map(leadingDirections), settings);
}

/** The population of `members` after the rounds that `settings` ask for. */
export function populationAfter(
  data: TrainingData,
  members: readonly number[],
  { rounds, shrinkage, target }: LinearSettings,
  start: Population,
): Population {
  const path = estimatePopulation(data, members, { shrinkage, start, target });
  let population = start;
  for (let round = 0; round < rounds; round++) population = path.next().value;
  return population;
}

/** The population that training starts from. */
export function startOf(
  { from }: Origin,
  dimensions: number,
  starter: Population | undefined,
): Population {
  return from === "starter" ? starter! : flatPopulation(dimensions);
}

interface Stop extends ChosenSettings {
  readonly likelihood: number;
  readonly populations: readonly Population[];
  readonly directions: readonly Directions[];
}

/** The best round of one path, all folds in step, with as many base rewards as allowed. */
function followPath(
  search: SettingsSearch,
  { from, target }: Origin,
  shrinkage: number,
  toBeat = Number.NEGATIVE_INFINITY,
): Stop {
  const { data, folds } = search;
  const start = startOf({ from, target }, data.dimensions, search.starter);
  const options = { shrinkage, start, target };
  const paths = folds.map((fold) => estimatePopulation(data, fold.training, options));
  const rank = Math.min(search.maximumRank, data.dimensions);
  let best: Stop | undefined;
  let stale = 0;
  let round = 0;
  for (const rounds of ROUNDS) {
    let populations: Population[] = [];
    for (; round < rounds; round++) populations = paths.map((path) => path.next().value);
    const directions = populations.map(leadingDirections);
    const settings = { from, target, rank, shrinkage, rounds };
    const stop = evaluate(search, populations, directions, settings);
    const gain = stop.likelihood - (best?.likelihood ?? Number.NEGATIVE_INFINITY);
    if (gain > 0) best = stop;
    stale = gain > 0 ? 0 : stale + 1;
    if (gain > 0 && gain < SMALLEST_GAIN) break;
    const hopeless = rounds >= ROUNDS_TO_CATCH_UP && best!.likelihood < toBeat - HOPELESS;
    if (stale === PATIENCE || hopeless) break;
  }
  return best!;
}

function withFewestBaseRewards(search: SettingsSearch, found: Stop): ChosenSettings {
  const { populations, directions } = found;
  const limit = found.settings.rank;
  const stops = RANKS.filter((rank) => rank < limit).map((rank) =>
    evaluate(search, populations, directions, { ...found.settings, rank }),
  );
  stops.push(found);
  const best = stops.reduce((a, b) => (b.likelihood > a.likelihood ? b : a));
  return stops.find((stop) => {
    const loss = paired(best.scores, stop.scores, (score) => score.logLikelihood);
    return loss.mean <= loss.standardError;
  })!;
}

function evaluate(
  { data, folds, moment }: SettingsSearch,
  populations: readonly Population[],
  directions: readonly Directions[],
  settings: LinearSettings,
): Stop {
  const scores = new Map<number, HeldOutScore>();
  const trained = folds.map((fold, index) => {
    const model = factorise(populations[index]!, directions[index]!, settings.rank, moment);
    for (const member of fold.heldOut) {
      scores.set(member, scoreHeldOut(model, votesOf(data, member, model)));
    }
    return model;
  });
  const total = [...scores.values()].reduce((sum, score) => sum + score.logLikelihood, 0);
  const likelihood = total / scores.size;
  return { settings, scores, folds: trained, likelihood, populations, directions };
}

/** One member's comparisons in the base rewards of `model`. */
function votesOf(data: TrainingData, member: number, model: LinearBaseRewards): MemberVotes {
  const start = data.starts[member]!;
  const end = data.starts[member + 1]!;
  const size = data.dimensions;
  const differences = new Float64Array((end - start) * model.rank);
  for (let row = start; row < end; row++) {
    const own = data.differences.subarray(row * size, (row + 1) * size);
    for (let axis = 0; axis < model.rank; axis++) {
      const at = (row - start) * model.rank + axis;
      differences[at] = dot(own, 0, model.weights, axis * size, size);
    }
  }
  return { ...memberRows(data, member), differences };
}
