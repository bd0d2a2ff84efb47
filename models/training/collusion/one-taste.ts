/**
 * Finds members who vote as one: people differ, so a group whose votes are all explained by a
 * single taste, better than by a taste of each member's own, is one will behind many accounts.
 * Knows no population and no conclusion.
 */

import { dot } from "../../algebra/products.js";
import { type RandomGenerator, shuffled } from "../../algebra/random.js";
import { sigmoid, softplus } from "../../rewards/user-weights-objective.js";
import type { TrainingData } from "../estimate/training-data.js";
import type { VoteEvidence } from "./vote-evidence.js";

/** Where a search begins: enough that an attack of a tenth of all is missed once in 30 times. */
const BEGINNINGS = 32;
/** Rounds of "whose votes does this taste explain, and what do they like on average?". */
const ROUNDS = 6;
/** The least by which one taste must explain a member's votes better, in nats: odds of 50 to 1. */
const PROOF = 4;
const SCALE_STEPS = 20;
const LARGEST_SCALE = 10;

export interface Bloc {
  readonly members: readonly number[];
  readonly taste: Taste;
}

/** A taste in the coordinates of the evidence. */
export interface Taste {
  /** [P], over the sum of `count` members. */
  readonly sum: Float64Array;
  readonly count: number;
  /** How much stronger than their mean: each member's own is shrunk. */
  readonly scale: number;
}

export interface BlocSearch {
  readonly data: TrainingData;
  readonly evidence: VoteEvidence;
  /** Who may be in a bloc. */
  readonly candidates: readonly number[];
  /** More than so many members, and no more than `most`. */
  readonly least: number;
  readonly most: number;
}

/**
 * The largest bloc among the candidates; undefined if there is none. Beginning with the members
 * who are most like a drawn one, those stay whose votes the others' mean taste explains.
 */
export function findBloc(search: BlocSearch, random: RandomGenerator): Bloc | undefined {
  let largest: Bloc | undefined;
  for (const seed of shuffled(search.candidates, random).slice(0, BEGINNINGS)) {
    if (largest?.members.includes(seed)) continue;
    const bloc = grow(search, alike(search, seed));
    if (bloc !== undefined && bloc.members.length > (largest?.members.length ?? 0)) largest = bloc;
  }
  return largest;
}

/** The candidates with the tastes most like that of `seed`, which is one of them. */
function alike({ candidates, data, evidence, least }: BlocSearch, seed: number): number[] {
  const size = data.dimensions;
  const { tastes } = evidence;
  const product = (first: number, second: number) =>
    dot(tastes, first * size, tastes, second * size, size);
  const likeness = new Map(
    candidates.map((member) => [
      member,
      product(seed, member) / Math.sqrt(product(member, member) + Number.MIN_VALUE),
    ]),
  );
  return [...candidates]
    .sort((first, second) => likeness.get(second)! - likeness.get(first)!)
    .slice(0, least + 1);
}

function grow(search: BlocSearch, beginning: readonly number[]): Bloc | undefined {
  const { candidates, data, evidence, least, most } = search;
  let members = beginning;
  for (let round = 1; ; round++) {
    const taste = tasteOf(search, members);
    const part = new Set(members);
    const next = candidates.filter((member) =>
      votesLike(taste, member, data, evidence, part.has(member)),
    );
    data.pause();
    if (next.length <= least || next.length > most) return undefined;
    const settled = next.length === members.length && next.every((m, at) => m === members[at]);
    if (settled || round === ROUNDS) return { members: next, taste };
    members = next;
  }
}

function tasteOf({ data, evidence }: BlocSearch, members: readonly number[]): Taste {
  const size = data.dimensions;
  const sum = new Float64Array(size);
  for (const member of members) {
    for (let i = 0; i < size; i++) sum[i]! += evidence.tastes[member * size + i]!;
  }
  const unscaled = { sum, count: members.length, scale: 1 };
  return { ...unscaled, scale: scaleOf(data, evidence, unscaled, members) };
}

/** The most likely scale, by Newton's method, members leaving themselves out. */
function scaleOf(
  data: TrainingData,
  evidence: VoteEvidence,
  taste: Taste,
  members: readonly number[],
): number {
  const slopes = members.map((member) => slopesFor(data, evidence, taste, member, true));
  let scale = 1;
  for (let step = 0; step < SCALE_STEPS; step++) {
    let gradient = 0;
    let curvature = 1e-6;
    members.forEach((member, at) => {
      const start = data.starts[member]!;
      slopes[at]!.forEach((slope, row) => {
        const p = sigmoid(evidence.average[start + row]! + scale * slope);
        gradient += data.weights[start + row]! * (data.outcomes[start + row]! - p) * slope;
        curvature += data.weights[start + row]! * p * (1 - p) * slope ** 2;
      });
    });
    const change = Math.max(-1, Math.min(1, gradient / curvature));
    scale = Math.max(0, Math.min(LARGEST_SCALE, scale + change));
    if (Math.abs(change) < 1e-4) break;
  }
  return scale;
}

/** What the mean taste adds to the logits of a member's votes; without the member's own part in it. */
function slopesFor(
  data: TrainingData,
  { own, whitened }: VoteEvidence,
  { sum, count }: Taste,
  member: number,
  included: boolean,
): Float64Array {
  const size = data.dimensions;
  const start = data.starts[member]!;
  const slopes = new Float64Array(data.starts[member + 1]! - start);
  const others = Math.max(1, included ? count - 1 : count);
  for (let row = 0; row < slopes.length; row++) {
    const all = dot(whitened, (start + row) * size, sum, 0, size);
    slopes[row] = (included ? all - own[start + row]! : all) / others;
  }
  return slopes;
}

/**
 * Whether `taste` explains the votes of `member` clearly better than a taste of the member's own;
 * `included` if that member is part of it.
 */
export function votesLike(
  taste: Taste,
  member: number,
  data: TrainingData,
  evidence: VoteEvidence,
  included = false,
): boolean {
  const start = data.starts[member]!;
  let sum = 0;
  slopesFor(data, evidence, taste, member, included).forEach((slope, row) => {
    const logit = evidence.average[start + row]! + taste.scale * slope;
    sum += data.weights[start + row]! * (data.outcomes[start + row]! * logit - softplus(logit));
  });
  return sum - evidence.population[member]! > PROOF;
}
