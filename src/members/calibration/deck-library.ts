/** The decks by language, read and encoded once each. */
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { Compute } from "../../../workers/compute.js";
import { deckLanguages, loadDeck } from "../../shared/deck/deck.js";
import type { CurrentModel } from "../profiles.js";
import { type EncodedDeck, encodeDeck } from "./encoded-deck.js";

/** The deck that is always there. */
const STANDARD_LANGUAGE = "en";

export class DeckLibrary {
  readonly #decks = new Map<string, Promise<EncodedDeck>>();

  constructor(
    private readonly compute: Compute,
    private readonly models: CurrentModel,
  ) {}

  /** The deck of `language` under the current encoder. Throws `DeckError` and `ComputeError`. */
  deck(language: string, model: BaseRewardModel = this.models.current): Promise<EncodedDeck> {
    const key = `${language} ${model.encoderId}`;
    const known = this.#decks.get(key);
    if (known !== undefined) return known;
    const encoding = encodeDeck(loadDeck(language), model, this.compute);
    this.#decks.set(key, encoding);
    // What failed is tried again the next time.
    encoding.catch(() => this.#decks.delete(key));
    return encoding;
  }
}

/** The first of `wishes` (as `de` or `en-GB`) for which there is a deck, exactly or by its language alone. */
export function deckLanguageFor(...wishes: readonly (string | undefined)[]): string {
  const known = deckLanguages();
  for (const wish of wishes) {
    const [language] = wish?.split("-") ?? [];
    const found = known.find((one) => one === wish) ?? known.find((one) => one === language);
    if (found !== undefined) return found;
  }
  return STANDARD_LANGUAGE;
}
