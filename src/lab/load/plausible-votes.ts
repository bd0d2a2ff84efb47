/** Made-up votes with a taste behind them: the deck's answers, each time in slightly other words. */

import type { RandomGenerator } from "../../../models/algebra/random.js";
import { encodeResponse, FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { quantiseFeatures } from "../../../models/encoder/quantisation.js";
import type { Comparisons } from "../../../models/rewards/comparison.js";
import { outcomeOfChoice } from "../../ballots/choices.js";
import { simulatedVote, type Taste } from "../../playground/simulated-member.js";
import type { Deck } from "../../shared/deck/deck.js";
import type { VectorText } from "../../store/records.js";

/** Steps of 1/127 of the largest feature by which another wording moves a feature at most. */
const WORDING = 4;

/** `count` comparisons of one member, with the features as they are stored. */
export interface PlausibleVotes {
  readonly comparisons: Comparisons;
  readonly texts: readonly (readonly [a: VectorText, b: VectorText])[];
}

export class VoteMaker {
  readonly #features: { readonly scale: number; readonly bytes: Int8Array }[][];

  constructor(
    private readonly deck: Deck,
    private readonly random: RandomGenerator,
  ) {
    this.#features = deck.prompts.map(({ answers }) =>
      answers.map(({ text }) => quantiseFeatures(encodeResponse(text))),
    );
  }

  votesOf(taste: Taste, count: number): PlausibleVotes {
    const comparisons = {
      count,
      featuresA: new Float32Array(count * FEATURE_COUNT),
      featuresB: new Float32Array(count * FEATURE_COUNT),
      outcomes: new Float32Array(count),
      positions: new Float32Array(count).fill(1),
      weights: new Float32Array(count).fill(1),
    };
    const texts = Array.from({ length: count }, (_, row) => {
      const prompt = this.#draw(this.deck.prompts.length);
      const { answers } = this.deck.prompts[prompt]!;
      const a = this.#draw(answers.length);
      const b = (a + 1 + this.#draw(answers.length - 1)) % answers.length;
      const vote = simulatedVote(taste, [answers[a]!, answers[b]!], this.random);
      comparisons.outcomes[row] = outcomeOfChoice(vote).outcome;
      return [
        this.#reword(prompt, a, comparisons.featuresA, row),
        this.#reword(prompt, b, comparisons.featuresB, row),
      ] as const;
    });
    return { comparisons, texts };
  }

  /** Writes the features of another wording to row `row`, and gives them as text. */
  #reword(prompt: number, answer: number, features: Float32Array, row: number): VectorText {
    const { scale, bytes } = this.#features[prompt]![answer]!;
    const reworded = new Int8Array(bytes.length);
    for (let k = 0; k < bytes.length; k++) {
      const moved = bytes[k]! + this.#draw(2 * WORDING + 1) - WORDING;
      reworded[k] = Math.max(-127, Math.min(127, moved));
      features[row * FEATURE_COUNT + k] = reworded[k]! * scale;
    }
    return `${scale}:${Buffer.from(reworded.buffer).toString("base64")}`;
  }

  #draw(below: number): number {
    return Math.floor(this.random() * below);
  }
}
