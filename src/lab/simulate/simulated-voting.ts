/** One simulated member who answers the questions that the engine chooses. No store, no threads. */

import { DEFAULT_ACQUISITION } from "../../../models/acquisition/scores.js";
import { selectPair } from "../../../models/acquisition/search.js";
import type { RandomGenerator } from "../../../models/algebra/random.js";
import { type BaseRewardModel, computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import type { Comparisons } from "../../../models/rewards/comparison.js";
import {
  estimateUserWeights,
  priorUserWeights,
  type UserWeights,
} from "../../../models/rewards/user-weights.js";
import { outcomeOfChoice } from "../../ballots/choices.js";
import {
  deckFeatures,
  deckPairs,
  type EncodedDeck,
} from "../../members/calibration/encoded-deck.js";
import { simulatedVote, type Taste } from "../../playground/simulated-member.js";

export interface SimulatedVoting {
  readonly model: BaseRewardModel;
  readonly deck: EncodedDeck;
  /** Ids of prompts that are never asked about. */
  readonly excluded: ReadonlySet<string>;
  readonly votes: number;
}

/** Puts `votes` questions, each the most telling one, and hands out the weights from 0 votes on. */
export function simulateVotes(
  taste: Taste,
  { model, deck, excluded, votes }: SimulatedVoting,
  random: RandomGenerator,
  onWeights: (votes: number, userWeights: UserWeights) => void,
): void {
  const rewards = computeBaseRewards(model, deck.features);
  const comparisons = emptyComparisons(votes, deck.dimensions);
  const used = new Set(excluded);
  let userWeights = priorUserWeights(model);
  onWeights(0, userWeights);
  for (let vote = 0; vote < votes; vote++) {
    const pairs = deckPairs(deck, used);
    const pair = selectPair(rewards, deck.promptOf.length, userWeights, DEFAULT_ACQUISITION, {
      pairs,
      differenceVariances: model.differenceVariances,
    });
    if (pair === null) return;
    const [a, b] = random() < 0.5 ? [pair.a, pair.b] : [pair.b, pair.a];
    used.add(deck.prompts[deck.promptOf[a]!]!.id);
    const answers = [answerOf(deck, a), answerOf(deck, b)] as const;
    record(comparisons, vote, deck, a, b);
    comparisons.outcomes[vote] = outcomeOfChoice(simulatedVote(taste, answers, random)).outcome;
    userWeights = estimateUserWeights(model, first(comparisons, vote + 1, deck.dimensions));
    onWeights(vote + 1, userWeights);
  }
}

function answerOf({ prompts, promptOf, answerOf: answers }: EncodedDeck, row: number) {
  return prompts[promptOf[row]!]!.answers[answers[row]!]!;
}

function emptyComparisons(count: number, dimensions: number): Comparisons {
  return {
    count,
    featuresA: new Float32Array(count * dimensions),
    featuresB: new Float32Array(count * dimensions),
    outcomes: new Float32Array(count),
    positions: new Float32Array(count).fill(1),
    weights: new Float32Array(count).fill(1),
  };
}

function record(
  { featuresA, featuresB }: Comparisons,
  vote: number,
  deck: EncodedDeck,
  a: number,
  b: number,
): void {
  featuresA.set(deckFeatures(deck, a), vote * deck.dimensions);
  featuresB.set(deckFeatures(deck, b), vote * deck.dimensions);
}

function first(comparisons: Comparisons, count: number, dimensions: number): Comparisons {
  return {
    count,
    featuresA: comparisons.featuresA.subarray(0, count * dimensions),
    featuresB: comparisons.featuresB.subarray(0, count * dimensions),
    outcomes: comparisons.outcomes.subarray(0, count),
    positions: comparisons.positions.subarray(0, count),
    weights: comparisons.weights.subarray(0, count),
  };
}
