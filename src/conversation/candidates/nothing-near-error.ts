/** No answer: there is no language model, and the deck has nothing near what was asked. */
import type { Say } from "../../language/say.js";
import { GenerationFailedError } from "./generation-error.js";

/** Thrown instead of an answer about something else. */
export class NothingNearError extends GenerationFailedError {
  override readonly name = "NothingNearError";

  /** `offers` are prompts that the deck can answer. */
  constructor(readonly offers: readonly string[]) {
    super("notInDeck", undefined);
  }

  override memberSentence(say: Say): string {
    const offers = this.offers.map((prompt) => say("failures.quoted", { prompt })).join(", ");
    return `${super.memberSentence(say)} ${say("failures.forExample", { offers })}`;
  }
}
