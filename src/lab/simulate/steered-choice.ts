/** The bot's whole way of answering, on the deck: candidates in the member's manners, and the best of them. */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { scoreFeatures } from "../../../models/rewards/candidate-scores.js";
import { chooseCandidate } from "../../../models/rewards/first-choice.js";
import { membersAgree } from "../../../models/rewards/personal-share.js";
import type { UserWeights } from "../../../models/rewards/user-weights.js";
import { estimateAxisGains } from "../../../models/steering/axis-gains.js";
import { mannersFor } from "../../../models/steering/candidate-count.js";
import { obedientRows, styledTexts } from "../../../models/steering/nearest-style.js";
import { STEERABLE_AXES } from "../../../models/steering/steerable-axes.js";
import { lengthRange } from "../../conversation/steering/answer-lengths.js";
import type { EncodedDeck } from "../../members/calibration/encoded-deck.js";

/** The deck gives the nearest that it has. */
const OBEYED = new Set(STEERABLE_AXES);

export interface SteeredOptions {
  readonly model: BaseRewardModel;
  readonly deck: EncodedDeck;
  readonly candidates: number;
  readonly random: RandomGenerator;
}

/** Chooses one of `rows`, all answers to one prompt, of which those are "written" that come nearest. */
export type SteeredChoice = (rows: readonly number[], userWeights: UserWeights) => number;

export function steeredChoice({ model, deck, candidates, random }: SteeredOptions): SteeredChoice {
  const { dimensions, features, promptOf } = deck;
  const gains = estimateAxisGains(model, features, promptOf);
  const styled = styledTexts(features, dimensions);
  const lengths = lengthRange([], deck);
  return (rows, userWeights) => {
    const { votes } = userWeights;
    const personalShare = membersAgree(model) ? 0 : 1;
    const stance = { gains, userWeights, prior: model.prior, personalShare };
    const slots = mannersFor(stance, { votes, lengths, proven: OBEYED }, candidates, random);
    const written = obedientRows(styled, rows, slots);
    const picked = new Float32Array(written.length * dimensions);
    written.forEach((row, at) => {
      picked.set(features.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
    });
    const { baseRewards, rewards } = scoreFeatures(model, userWeights, picked);
    return written[chooseCandidate(baseRewards, rewards, userWeights)]!;
  };
}
