/** A manner in the words that go to the language model: a fixed line, and sentences from a closed table. */
import type { Slot } from "../../../models/steering/spread.js";
import { sentenceOf } from "../../../models/steering/vocabulary.js";

/** The same in every request, and before the sentences, so that requests are alike as long as can be. */
export const FORM_ALONE =
  "What follows is about the form of the answer alone: facts, numbers, warnings, doubts and refusals stay as they would be without it.";

/** The sentences that ask for a manner, as one text; "" for a plain one. */
export function mannerWords({ directives }: Pick<Slot, "directives">): string {
  return directives.map(sentenceOf).join(" ");
}

/** The last part of the system message; undefined where the answer is to be plain. */
export function directiveText(slot: Pick<Slot, "directives"> | undefined): string | undefined {
  const words = slot && mannerWords(slot);
  return words ? `${FORM_ALONE}\n${words}` : undefined;
}
