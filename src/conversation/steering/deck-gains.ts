/** The gains of the base rewards that answer, from the encoded deck: once for each version. */
import { LRUCache } from "lru-cache";
import { beginsWithStyle } from "../../../models/encoder/encoding.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { type AxisGains, estimateAxisGains } from "../../../models/steering/axis-gains.js";
import type { DeckLibrary } from "../../members/calibration/deck-library.js";
import type { EncodedDeck } from "../../members/calibration/encoded-deck.js";

/** Of every deck the one that is always there; styles differ in it as they do in any. */
const LANGUAGE = "en";
/** The version that answers, and the one before while profiles are refitted. */
const MOST_VERSIONS = 2;

export interface SteeringBasis {
  readonly gains: AxisGains;
  readonly deck: EncodedDeck;
}

export class DeckGains {
  readonly #known = new LRUCache<string, SteeringBasis>({ max: MOST_VERSIONS });

  constructor(private readonly decks: DeckLibrary) {}

  /**
   * Undefined where the features of `model` do not begin with the style statistics, so that no axis
   * can be read from them. The deck is encoded in a worker. Throws `ComputeError`.
   */
  async of(model: BaseRewardModel): Promise<SteeringBasis | undefined> {
    if (!beginsWithStyle(model.encoderId)) return undefined;
    const known = this.#known.get(model.version);
    if (known !== undefined) return known;
    const deck = await this.decks.deck(LANGUAGE, model);
    const basis = { deck, gains: estimateAxisGains(model, deck.features, deck.promptOf) };
    this.#known.set(model.version, basis);
    return basis;
  }
}
