/** No answer: there is no language model, and the deck has nothing near what was asked. */
import { GenerationFailedError } from "./generation-error.js";

/** Thrown instead of an answer about something else. */
export class NothingNearError extends GenerationFailedError {
  override readonly name = "NothingNearError";

  /** `offers` are prompts that the deck can answer. */
  constructor(readonly offers: readonly string[]) {
    super("notInDeck", undefined);
  }

  override get memberSentence(): string {
    const offered = this.offers.map((offer) => `“${offer}”`).join(", ");
    return `${super.memberSentence} For example: ${offered}.`;
  }
}
