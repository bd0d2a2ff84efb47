/** The bundled deck as what gains are learned from. */
import { encodeResponses } from "../../../models/encoder/encoder.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { type AxisGains, estimateAxisGains } from "../../../models/steering/axis-gains.js";
import { loadDeck } from "../../../src/shared/deck/deck.js";

const { prompts } = loadDeck();

export const DECK_FEATURES = encodeResponses(
  prompts.flatMap(({ answers }) => answers.map(({ text }) => text)),
);

export const DECK_PROMPT_OF = Int32Array.from(
  prompts.flatMap(({ answers }, prompt) => answers.map(() => prompt)),
);

export function deckGains(model: BaseRewardModel): AxisGains {
  return estimateAxisGains(model, DECK_FEATURES, DECK_PROMPT_OF);
}
