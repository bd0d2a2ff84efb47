/**
 * A simulated member with a hidden taste over the deck's style labels. The labels are its authors'
 * judgement, not a statistic of the text, so the engine cannot know them.
 */
import { drawStandardNormal } from "../../models/algebra/normal.js";
import { type RandomGenerator, shuffled } from "../../models/algebra/random.js";
import type { Deck, DeckAnswer, StyleAxis } from "../shared/deck/deck.js";
import type { Choice } from "../store/records.js";

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

/** How strongly a simulated member feels about a direction that tastes differ in, in logits. */
const STRENGTH = 1.2;
const DIRECTIONS = 3;

/**
 * A population whose tastes differ in a few directions that everybody shares, which is what reward
 * factorisation assumes of people: whoever likes long answers tends to like formal ones, say. Which
 * axes go together is drawn with `random`. Returns what draws one member's taste.
 */
export function createPopulation(random: RandomGenerator): () => Taste {
  const order = shuffled(STYLE_AXES, random);
  const direction = new Map(order.map((axis, at) => [axis, at % DIRECTIONS]));
  const sign = new Map(order.map((axis) => [axis, random() < 0.5 ? -1 : 1]));
  return () => {
    const own = Array.from({ length: DIRECTIONS }, () => STRENGTH * drawStandardNormal(random));
    return Object.fromEntries(
      STYLE_AXES.map((axis) => [axis, sign.get(axis)! * own[direction.get(axis)!]!]),
    );
  };
}

/** `taste` in words, the strongest first; what hardly matters is left out. */
export function tasteWords(taste: Taste): string {
  const strongest = Math.max(...Object.values(taste).map(Math.abs));
  return Object.entries(taste)
    .filter(([, weight]) => Math.abs(weight) >= strongest / 4)
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

/** Votes by Bradley-Terry on the hidden rewards; a tie if they are equal. */
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
