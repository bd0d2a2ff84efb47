/**
 * Whose votes take part in pooled training: one will behind many accounts would change everybody's
 * base rewards. Knows no ids, no threads and no gate.
 */
import { type RandomGenerator, shuffled } from "../../algebra/random.js";
import { populationAfter } from "../choose/choose-settings.js";
import { flatPopulation } from "../estimate/implied-population.js";
import type { Population } from "../estimate/member-posterior.js";
import type { TrainingData } from "../estimate/training-data.js";
import { selectRows } from "../validate/select-rows.js";
import { withoutMirrors } from "./mirrors.js";
import { type Bloc, findBloc, votesLike } from "./one-taste.js";
import { gatherEvidence } from "./vote-evidence.js";

/** A bloc up to this share of all members changes little and may be honest: it takes part. */
const HARMLESS = 0.12;
/** So few members can be alike by chance. */
const FEW = 4;
/** More together are a taste that people have. */
const TASTE = 0.3;
/** An attack shows in a sample of so many members and votes of each ... */
const SAMPLE = 150;
const VOTES = 120;
/** ... and once it is known, fewer votes show who else takes part. */
const VOTES_OF_OTHERS = 60;
/** Blocs that are looked for. */
const MOST_BLOCS = 3;
const POPULATION = { rounds: 3, shrinkage: 90, target: "independent" } as const;

/**
 * Those of `members` of `data` who vote as people with tastes of their own: not the opposite of another
 * one, and not in one of the blocs ({@link findBloc}) that are more than {@link HARMLESS} of all and
 * no more than {@link TASTE}.
 */
export function trustedMembers(
  data: TrainingData,
  members: readonly number[],
  random: RandomGenerator,
): readonly number[] {
  return withoutBlocs(data, withoutMirrors(data, members, random), random);
}

/**
 * A bloc widens the population that it is distinguished from, so that whoever belongs to one is found
 * by a population without the others in it.
 */
function withoutBlocs(
  data: TrainingData,
  members: readonly number[],
  random: RandomGenerator,
): readonly number[] {
  const order = shuffled(members, random);
  const sample = order.slice(0, SAMPLE);
  const part = partOf(data, sample, VOTES);
  const suspects = findBlocs(part, populationWithout([], part), random);
  if (suspects.length === 0) return members;
  const population = populationWithout(suspects, part);
  const blocs = findBlocs(part, population, random);
  const left = new Set(blocs.flatMap((bloc) => bloc.members.map((at) => sample[at]!)));
  for (let from = SAMPLE; blocs.length > 0 && from < order.length; from += SAMPLE) {
    const others = order.slice(from, from + SAMPLE);
    const rest = partOf(data, others, VOTES_OF_OTHERS);
    const evidence = gatherEvidence(rest, population);
    others.forEach((member, at) => {
      if (blocs.some(({ taste }) => votesLike(taste, at, rest, evidence))) left.add(member);
    });
  }
  return members.filter((member) => !left.has(member));
}

/** What the members in none of `blocs` are like. */
function populationWithout(blocs: readonly Bloc[], part: TrainingData): Population {
  const left = new Set(blocs.flatMap(({ members }) => members));
  const members = [...Array(part.members).keys()].filter((member) => !left.has(member));
  return populationAfter(part, members, POPULATION, flatPopulation(part.dimensions));
}

function findBlocs(part: TrainingData, population: Population, random: RandomGenerator): Bloc[] {
  const evidence = gatherEvidence(part, population);
  const least = Math.max(FEW, Math.floor(HARMLESS * part.members));
  const most = Math.floor(TASTE * part.members);
  const blocs: Bloc[] = [];
  let candidates: readonly number[] = [...Array(part.members).keys()];
  while (blocs.length < MOST_BLOCS) {
    const bloc = findBloc({ data: part, evidence, candidates, least, most }, random);
    if (bloc === undefined) break;
    blocs.push(bloc);
    candidates = candidates.filter((member) => !bloc.members.includes(member));
  }
  return blocs;
}

/** The comparisons of `members` alone, evenly spaced if somebody has more than `most`. */
function partOf(data: TrainingData, members: readonly number[], most: number): TrainingData {
  const rowsOf = (member: number) => {
    const start = data.starts[member]!;
    const own = data.starts[member + 1]! - start;
    const taken = Math.min(own, most);
    return Array.from({ length: taken }, (_, vote) => start + Math.floor((vote * own) / taken));
  };
  return selectRows(data, members.map(rowsOf));
}
