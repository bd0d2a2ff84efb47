/**
 * Whose votes take part in pooled training: accounts that vote together against the others would
 * change everybody's base rewards. Knows no ids, no threads and no gate.
 */
import { cholesky } from "../linear-algebra.js";
import { type RandomGenerator, shuffled } from "../random.js";
import { populationAfter } from "./choose-settings.js";
import { flatPopulation } from "./implied-population.js";
import type { Population } from "./member-posterior.js";
import { explainBy } from "./mixture.js";
import { type Bloc, findBloc, type Taste, tasteEvidence } from "./one-taste.js";
import { meanOf } from "./paired.js";
import { scoreUnderPopulation } from "./score-population.js";
import type { TrainingData } from "./training-data.js";
import { gatherEvidence, type VoteEvidence } from "./vote-evidence.js";

/** How many members were left out, and why. */
export interface LeftOut {
  /** They vote as one. */
  readonly oneTaste: number;
  /** They vote against all that the others like. */
  readonly reversed: number;
  /** Their votes contradict each other. */
  readonly contradictory: number;
}

export interface Trust {
  /** Those who take part, indices into the data. */
  readonly members: readonly number[];
  readonly leftOut: LeftOut;
}

/** A group up to this share of all members changes little and may be honest: it takes part. */
const HARMLESS = 0.12;
/** So few members can be alike by chance. */
const FEW = 4;
/** More together are a taste that people have: nobody of them is left out. */
const TASTE = 0.3;
/** An attack shows in a sample of so many members and votes of each. */
const SAMPLE = 300;
const VOTES = 60;
/** Blocs that are looked for. */
const MOST_BLOCS = 3;
/** Twice as likely. */
const SUSPICION = Math.LN2;
/** The least by which an attack must explain everybody's votes better than none, in nats. */
const PROOF = 10;
/** Standard errors. */
const CLEARLY = 2;
/** Rounds of "who is left out, and what are the others like?". */
const ROUNDS = 4;
const POPULATION = { rounds: 4, shrinkage: 90, target: "independent" } as const;

/** What explains a member's votes; those from {@link FIRST_BLOC} on are blocs. */
const POPULATION_ITSELF = 0;
const REVERSED = 1;
const COIN = 2;
const FIRST_BLOC = 3;

/** What one round found out about a sample. */
interface Judgement {
  readonly population: Population;
  readonly blocs: readonly Taste[];
  /** Whether anybody is left out. */
  readonly attacked: boolean;
  /** What explains each member of the sample. */
  readonly explained: Int32Array;
  /** The same with those left out, too, whose votes are only a little likelier so. */
  readonly suspected: Int32Array;
  /** Of the mixture, for everybody's votes. */
  readonly logLikelihood: number;
}

/**
 * Tells `members` of `data` who vote as people with tastes of their own from those who do not, by a
 * mixture of explanations of their votes: a taste from the population, the opposite of one, coins,
 * one taste for a whole bloc. Who is better explained otherwise than by the population is left out,
 * where there are more of them than {@link HARMLESS} and no more than {@link TASTE}. Each round the
 * population is estimated without those who were left out in the last.
 */
export function trustedMembers(
  data: TrainingData,
  members: readonly number[],
  random: RandomGenerator,
): Trust {
  const order = shuffled(members, random);
  const sample = order.slice(0, SAMPLE);
  const part = partOf(data, sample);
  const found = judgeSample(part, random);
  const judgement = isHarmful(part, found.explained) ? found : { ...found, attacked: false };
  if (!judgement.attacked)
    return { members, leftOut: { oneTaste: 0, reversed: 0, contradictory: 0 } };
  const explanations = new Map<number, number>();
  const note = (part: readonly number[], explained: Int32Array) =>
    part.forEach((member, at) => {
      explanations.set(member, explained[at]!);
    });
  note(sample, judgement.explained);
  for (let from = SAMPLE; from < order.length; from += SAMPLE) {
    const others = order.slice(from, from + SAMPLE);
    note(others, explainOthers(partOf(data, others), judgement));
  }
  const explainedBy = (test: (explanation: number) => boolean) =>
    members.filter((member) => test(explanations.get(member) ?? POPULATION_ITSELF));
  return {
    members: explainedBy((explanation) => explanation === POPULATION_ITSELF),
    leftOut: {
      oneTaste: explainedBy((explanation) => explanation >= FIRST_BLOC).length,
      reversed: explainedBy((explanation) => explanation === REVERSED).length,
      contradictory: explainedBy((explanation) => explanation === COIN).length,
    },
  };
}

/**
 * Expectation maximisation from two starts, of which the likelier end counts: that everybody votes
 * like a member, and that those do not whom a first look makes suspects.
 */
function judgeSample(part: TrainingData, random: RandomGenerator): Judgement {
  const first = settle(part, new Int32Array(part.members), random);
  const suspects = first.suspected.filter((own) => own !== POPULATION_ITSELF).length;
  const found = first.explained.filter((own) => own !== POPULATION_ITSELF).length;
  if (suspects - found <= leastOf(part) || suspects > mostOf(part)) return first;
  const second = settle(part, first.suspected, random);
  return second.logLikelihood > first.logLikelihood + PROOF ? second : first;
}

/**
 * Turns of "what are the members like?" and "who is one?", from the `start` of the latter. The last
 * counts, unless it lost a bloc that one before had clearly found.
 */
function settle(part: TrainingData, start: Int32Array, random: RandomGenerator): Judgement {
  let explained = start;
  let best: Judgement | undefined;
  for (let round = 1; ; round++) {
    const judgement = judge(part, populationOf(part, explained), random);
    const settled = judgement.explained.every((own, member) => own === explained[member]);
    if (!best || isClearlyLikelier(judgement, best)) best = judgement;
    if (settled || round === ROUNDS) return isClearlyLikelier(best, judgement) ? best : judgement;
    explained = judgement.explained;
  }
}

/** By {@link PROOF} for each member whom `one` leaves out. */
function isClearlyLikelier(one: Judgement, other: Judgement): boolean {
  const left = one.explained.filter((own) => own !== POPULATION_ITSELF).length;
  return one.logLikelihood > other.logLikelihood + PROOF * Math.max(1, left);
}

/** The population of those whom it explains, as they voted or turned round. */
function populationOf(part: TrainingData, explained: Int32Array): Population {
  const members = [...explained.keys()].filter((member) =>
    [POPULATION_ITSELF, REVERSED].includes(explained[member]!),
  );
  const outcomes = part.outcomes.slice();
  for (const member of members.filter((own) => explained[own] === REVERSED)) {
    for (let row = part.starts[member]!; row < part.starts[member + 1]!; row++) {
      outcomes[row] = 1 - outcomes[row]!;
    }
  }
  const start = flatPopulation(part.dimensions);
  return populationAfter({ ...part, outcomes }, members, POPULATION, start);
}

/**
 * Whether the others are predicted better by a population without those who are `explained`
 * otherwise: an honest minority tells about everybody's taste, an attack hides it. Members turned
 * round may be people of the opposite taste, so that they must do clear harm; a bloc that tells
 * nothing about anybody else goes.
 */
function isHarmful(part: TrainingData, explained: Int32Array): boolean {
  const left = [...explained.keys()].filter((member) => explained[member] !== POPULATION_ITSELF);
  const others = [...explained.keys()].filter((member) => explained[member] === POPULATION_ITSELF);
  if (left.length === 0) return false;
  const gains: number[] = [];
  for (const half of [0, 1]) {
    const training = others.filter((_, at) => at % 2 !== half);
    const fits = [training, [...training, ...left]].map((members) => {
      const start = flatPopulation(part.dimensions);
      const population = populationAfter(part, members, POPULATION, start);
      return { population, factor: cholesky(population.covariance, part.dimensions) };
    });
    for (const member of others.filter((_, at) => at % 2 === half)) {
      const [without, within] = fits.map(({ factor, population }) =>
        scoreUnderPopulation(part, member, population, factor),
      );
      gains.push(without! - within!);
    }
  }
  const { mean, standardError } = meanOf(gains);
  const blocsAlone = left.every((member) => explained[member]! >= FIRST_BLOC);
  return blocsAlone ? mean > -standardError : mean > CLEARLY * standardError;
}

function leastOf({ members }: TrainingData): number {
  return Math.max(FEW, Math.floor(HARMLESS * members));
}

function mostOf({ members }: TrainingData): number {
  return Math.floor(TASTE * members);
}

function judge(part: TrainingData, population: Population, random: RandomGenerator): Judgement {
  const evidence = gatherEvidence(part, population);
  const blocs = findBlocs(part, evidence, random);
  const explanations = [...individualExplanations(evidence), ...blocs.map((bloc) => bloc.evidence)];
  const { likeliest, logLikelihood } = explainBy(explanations, part.members);
  // Who votes with a bloc against the others is no member turned round: the bloc has no tastes.
  blocs.forEach(({ members }, at) => {
    for (const member of members) {
      if (likeliest[member] === REVERSED) likeliest[member] = FIRST_BLOC + at;
    }
  });
  const elsewise = likeliest.filter((own) => own !== POPULATION_ITSELF).length;
  const attacked = elsewise > leastOf(part) && elsewise <= mostOf(part);
  const explained = attacked ? likeliest : likeliest.map(() => POPULATION_ITSELF);
  const suspected = likeliest.map((_, member) => suspicionOf(explanations, member));
  return {
    ...{ population, attacked, explained, suspected, logLikelihood },
    blocs: blocs.map(({ taste }) => taste),
  };
}

/** The best explanation but the population, where it is clearly better. */
function suspicionOf(explanations: readonly Float64Array[], member: number): number {
  const values = explanations.map((own) => own[member]!);
  const best = values.indexOf(Math.max(...values));
  return values[best]! - values[POPULATION_ITSELF]! > SUSPICION ? best : POPULATION_ITSELF;
}

function individualExplanations({ coin, population, reversed }: VoteEvidence): Float64Array[] {
  return [population, reversed, coin];
}

function findBlocs(data: TrainingData, evidence: VoteEvidence, random: RandomGenerator): Bloc[] {
  const [least, most] = [leastOf(data), mostOf(data)];
  const blocs: Bloc[] = [];
  let candidates: readonly number[] = [...Array(data.members).keys()];
  while (blocs.length < MOST_BLOCS) {
    const bloc = findBloc({ data, evidence, candidates, least, most }, random);
    if (bloc === undefined) break;
    blocs.push(bloc);
    candidates = candidates.filter((member) => !bloc.members.includes(member));
  }
  return blocs;
}

/** What explains members who were not in the sample: nothing that explains nobody in it. */
function explainOthers(part: TrainingData, judgement: Judgement): Int32Array {
  const { blocs, population } = judgement;
  const evidence = gatherEvidence(part, population);
  const explanations = [
    ...individualExplanations(evidence),
    ...blocs.map((taste) => tasteEvidence({ data: part, evidence }, taste, [])),
  ];
  explanations.forEach((own, at) => {
    if (!judgement.explained.includes(at)) own.fill(-Infinity);
  });
  return explainBy(explanations, part.members).likeliest;
}

/** The comparisons of `members` alone, evenly spaced where somebody has more than {@link VOTES}. */
function partOf(data: TrainingData, members: readonly number[]): TrainingData {
  const starts = new Int32Array(members.length + 1);
  const rows: number[] = [];
  members.forEach((member, at) => {
    const start = data.starts[member]!;
    const own = data.starts[member + 1]! - start;
    const kept = Math.min(own, VOTES);
    for (let vote = 0; vote < kept; vote++) rows.push(start + Math.floor((vote * own) / kept));
    starts[at + 1] = rows.length;
  });
  const responses = new Int32Array(2 * rows.length);
  rows.forEach((from, to) => {
    responses.set(data.responses.subarray(2 * from, 2 * from + 2), 2 * to);
  });
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    ...data,
    members: members.length,
    count: rows.length,
    order: Int32Array.from(rows, (row) => data.order[row]!),
    responses,
    outcomes: pick(data.outcomes),
    positions: pick(data.positions),
    weights: pick(data.weights),
    starts,
  };
}
