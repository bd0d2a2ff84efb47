/** The four answers to a ballot: their emoji, and what each says about the pair. */
import type { Outcome } from "../../models/rewards/comparison.js";
import type { Choice } from "../store/records.js";

/** In the order in which the reactions stand under a ballot. */
export const CHOICES: readonly Choice[] = ["a", "b", "tie", "neither"];

export const CHOICE_EMOJI: Readonly<Record<Choice, string>> = {
  a: "🅰️",
  b: "🅱️",
  tie: "🤝",
  neither: "👎",
};

/** As buttons are labelled. */
export const CHOICE_WORDS: Readonly<Record<Choice, string>> = {
  a: "A",
  b: "B",
  tie: "Equal",
  neither: "Neither",
};

const VARIATION_SELECTOR = /\ufe0f/g;

/** The choice that an emoji stands for, with or without its variation selector. */
export function choiceOfEmoji(emoji: string): Choice | undefined {
  const plain = emoji.replace(VARIATION_SELECTOR, "");
  return CHOICES.find((choice) => CHOICE_EMOJI[choice].replace(VARIATION_SELECTOR, "") === plain);
}

/** The choice of that name, as it comes back in a button's id. */
export function choiceNamed(name: string | undefined): Choice | undefined {
  return CHOICES.find((choice) => choice === name);
}

/**
 * What a choice says about the pair as the engine sees it. "Neither" is a tie that counts half:
 * it says that the two are about as good, and nothing about how good that is.
 */
export function outcomeOfChoice(choice: Choice): { outcome: Outcome; weight: number } {
  switch (choice) {
    case "a":
      return { outcome: 1, weight: 1 };
    case "b":
      return { outcome: 0, weight: 1 };
    case "tie":
      return { outcome: 0.5, weight: 1 };
    case "neither":
      return { outcome: 0.5, weight: 0.5 };
  }
}
