/** The error for an answer that a limit stands against. */
import type { Say } from "../../language/say.js";
import { type Refusal, refusalSentence } from "../../limits/refusal.js";
import { GenerationFailedError } from "./generation-error.js";

/** No answer, because a limit is reached. */
export class LimitReachedError extends GenerationFailedError {
  override readonly name = "LimitReachedError";

  constructor(readonly refusal: Refusal) {
    super("limit", undefined, refusal.until);
  }

  override memberSentence(say: Say): string {
    return refusalSentence(this.refusal, say);
  }
}
