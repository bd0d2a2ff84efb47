/** A deck as the engine sees it: features and base rewards of every answer, and all pairs to ask about. */
import { type BaseRewardModel, computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import { priorUserWeights } from "../../../models/rewards/user-weights.js";
import type { Compute } from "../../../workers/compute.js";
import type { Deck, DeckPrompt } from "../../shared/deck/deck.js";

export interface EncodedDeck {
  /** Answer n belongs to the prompt promptOf[n], and is its answer answerOf[n]. */
  readonly prompts: readonly DeckPrompt[];
  readonly promptOf: Int32Array;
  readonly answerOf: Int32Array;
  readonly encoderId: string;
  readonly dimensions: number;
  /** f of every answer, [n, D] row-major. */
  readonly features: Float32Array;
}

/** Encodes every answer of `deck` in a worker. Throws `ComputeError`. */
export async function encodeDeck(
  deck: Deck,
  model: BaseRewardModel,
  compute: Compute,
): Promise<EncodedDeck> {
  const answers = deck.prompts.flatMap((prompt, at) =>
    prompt.answers.map(({ text }, answer) => ({ text, prompt: at, answer })),
  );
  const { features } = await compute.scoreCandidates({
    model,
    userWeights: priorUserWeights(model),
    responses: answers.map(({ text }) => text),
  });
  return {
    prompts: deck.prompts,
    promptOf: Int32Array.from(answers, ({ prompt }) => prompt),
    answerOf: Int32Array.from(answers, ({ answer }) => answer),
    encoderId: model.encoderId,
    dimensions: model.dimensions,
    features,
  };
}

/** φ of every answer, [n, J] row-major. */
export function deckBaseRewards(deck: EncodedDeck, model: BaseRewardModel): Float64Array {
  return computeBaseRewards(model, deck.features);
}

/** Every two answers to one prompt, [m, 2], of the prompts whose id is not in `except`. */
export function deckPairs(
  { prompts, promptOf }: EncodedDeck,
  except: ReadonlySet<string>,
): Int32Array {
  const pairs: number[] = [];
  for (let first = 0; first < promptOf.length; first++) {
    if (except.has(prompts[promptOf[first]!]!.id)) continue;
    for (let second = first + 1; promptOf[second] === promptOf[first]; second++) {
      pairs.push(first, second);
    }
  }
  return Int32Array.from(pairs);
}

/** The text of answer `row`. */
export function deckText({ prompts, promptOf, answerOf }: EncodedDeck, row: number): string {
  return prompts[promptOf[row]!]!.answers[answerOf[row]!]!.text;
}

/** f of answer `row`, [D]. */
export function deckFeatures({ dimensions, features }: EncodedDeck, row: number): Float32Array {
  return features.subarray(row * dimensions, (row + 1) * dimensions);
}
