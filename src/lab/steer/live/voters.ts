/**
 * Planted people who vote on the deck. What they chose for the engine makes their profile; other votes,
 * on prompts that the engine never hears of, tell a judge who they are, and how well the judge knows it.
 */
import { DEFAULT_ACQUISITION } from "../../../../models/acquisition/scores.js";
import { selectPair } from "../../../../models/acquisition/search.js";
import { createRandomGenerator, shuffled } from "../../../../models/algebra/random.js";
import { computeBaseRewards } from "../../../../models/rewards/base-rewards.js";
import {
  estimateUserWeights,
  priorUserWeights,
  type UserWeights,
} from "../../../../models/rewards/user-weights.js";
import { directivesFor } from "../../../../models/steering/directives.js";
import { stancesOf } from "../../../../models/steering/stances.js";
import type { Directive } from "../../../../models/steering/vocabulary.js";
import { Ballots } from "../cast-ballots.js";
import { examplesOf } from "../examples.js";
import type { Neighbourhood } from "../neighbours.js";
import { type Utilities, voteOf } from "../people.js";

/** Two answers to a prompt of the deck, by row, and which one was preferred. */
export interface DeckVote {
  readonly preferred: number;
  readonly other: number;
}

export interface Voter {
  readonly userWeights: UserWeights;
  readonly directives: readonly Directive[];
  /** Rows of texts that they chose. */
  readonly examples: readonly number[];
  /** Held out: the judge is shown these, and asked for those. */
  readonly shown: readonly DeckVote[];
  readonly checked: readonly DeckVote[];
}

/** Held-out votes that describe somebody, and others that the judge is asked for. */
export const SHOWN_VOTES = 6;
export const CHECKED_VOTES = 6;
/** In a ballot, as in the product. */
const CANDIDATES = 4;

export interface VoterParts extends Neighbourhood {
  /** Prompts that held-out votes are about; no candidate is written for them. */
  readonly described: readonly number[];
  readonly votes: number;
  readonly seed: number;
}

export function createVoter(parts: VoterParts, utilities: Utilities): Voter {
  const { pool, model, gains, asked, described, votes, seed } = parts;
  const random = createRandomGenerator(seed);
  const ballots = new Ballots(pool, votes);
  let userWeights = priorUserWeights(model);
  const { differenceVariances } = model;
  // Equal answers can't be asked about; the deck has few.
  for (let tries = 0; ballots.count < votes && tries < 10 * votes; tries++) {
    const prompt = asked[Math.floor(random() * asked.length)]!;
    const rows = shuffled(pool.rowsOf[prompt]!, random).slice(0, CANDIDATES);
    const pair = selectPair(
      computeBaseRewards(model, featuresOf(parts, rows)),
      rows.length,
      userWeights,
      DEFAULT_ACQUISITION,
      { differenceVariances },
    );
    if (pair === null) continue;
    const [a, b] = [rows[pair.a]!, rows[pair.b]!];
    ballots.cast(a, b, voteOf(utilities, a, b, random));
    userWeights = estimateUserWeights(model, ballots.comparisons());
  }
  const stance = { gains, userWeights, prior: model.prior, personalShare: 1 };
  const heldOut = shuffled(described, random).flatMap((prompt) => {
    const [a, b] = shuffled(pool.rowsOf[prompt]!, random);
    const vote = voteOf(utilities, a!, b!, random);
    if (vote === 0.5) return [];
    return [vote === 1 ? { preferred: a!, other: b! } : { preferred: b!, other: a! }];
  });
  return {
    userWeights,
    directives: directivesFor(stancesOf(stance), {
      votes: ballots.count,
      lengths: ballots.lengths,
    }),
    examples: examplesOf(pool, model, userWeights, ballots),
    shown: heldOut.slice(0, SHOWN_VOTES),
    checked: heldOut.slice(SHOWN_VOTES, SHOWN_VOTES + CHECKED_VOTES),
  };
}

function featuresOf({ pool }: VoterParts, rows: readonly number[]): Float32Array {
  const { dimensions, features } = pool;
  const picked = new Float32Array(rows.length * dimensions);
  rows.forEach((row, to) => {
    picked.set(features.subarray(row * dimensions, (row + 1) * dimensions), to * dimensions);
  });
  return picked;
}
