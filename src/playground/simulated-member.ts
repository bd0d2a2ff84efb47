/**
 * A simulated member with a hidden taste over the deck's style labels. The labels are its authors'
 * judgement and no statistic of the text, so the engine cannot know them.
 */
import type { RandomGenerator } from "../../models/random.js";
import type { Deck, DeckAnswer, StyleAxis } from "../chat/deck.js";
import type { Choice } from "../storage/records.js";

/** How much each axis matters, in logits; negative for its low end. */
export type Taste = Readonly<Partial<Record<StyleAxis, number>>>;

/** The axes with the words for their two ends. */
export const AXIS_WORDS: Readonly<Record<StyleAxis, readonly [low: string, high: string]>> = {
  length: ["short", "long"],
  formality: ["casual", "formal"],
  humour: ["sober", "funny"],
  elicitation: ["asks nothing back", "asks back"],
  enthusiasm: ["calm", "enthusiastic"],
  politeness: ["blunt", "polite"],
  confidence: ["hedged", "confident"],
};

export const STYLE_AXES = Object.keys(AXIS_WORDS) as StyleAxis[];

/** Cares about two or three axes, each with a direction. */
export function randomTaste(random: RandomGenerator): Taste {
  const axes = [...STYLE_AXES];
  const taste: Partial<Record<StyleAxis, number>> = {};
  const count = random() < 0.5 ? 2 : 3;
  for (let picked = 0; picked < count; picked++) {
    const [axis] = axes.splice(Math.floor(random() * axes.length), 1);
    taste[axis!] = (random() < 0.5 ? -1 : 1) * (1 + random());
  }
  return taste;
}

/** `taste` in words, the strongest first. */
export function tasteWords(taste: Taste): string {
  return Object.entries(taste)
    .sort(([, first], [, second]) => Math.abs(second) - Math.abs(first))
    .map(([axis, weight]) => AXIS_WORDS[axis as StyleAxis][weight > 0 ? 1 : 0])
    .join(", ");
}

/** The hidden reward of an answer. */
export function hiddenReward(taste: Taste, answer: DeckAnswer): number {
  return Object.entries(taste).reduce(
    (sum, [axis, weight]) => sum + weight * answer.style[axis as StyleAxis],
    0,
  );
}

/** Votes by Bradley-Terry on the hidden rewards; a tie where they are equal. */
export function simulatedVote(
  taste: Taste,
  [a, b]: readonly [DeckAnswer, DeckAnswer],
  random: RandomGenerator,
): Choice {
  const advantage = hiddenReward(taste, a) - hiddenReward(taste, b);
  if (Math.abs(advantage) < 1e-9) return "tie";
  return random() < 1 / (1 + Math.exp(-advantage)) ? "a" : "b";
}

/** Finds the deck's answer with this very text. */
export function answersByText(deck: Deck): ReadonlyMap<string, DeckAnswer> {
  return new Map(
    deck.prompts.flatMap(({ answers }) => answers.map((answer) => [answer.text, answer])),
  );
}
