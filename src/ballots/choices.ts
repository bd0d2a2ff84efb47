/**
 * The four choices of a ballot: their emoji, what each says about the pair, which answer remains,
 * and what follows from several in a row. No I/O.
 */
import type { Outcome } from "../../models/rewards/comparison.js";
import type { BallotRecord, Choice } from "../store/records.js";

/** In the order of the reactions under a ballot. */
export const CHOICES: readonly Choice[] = ["a", "b", "tie", "neither"];

export const CHOICE_EMOJI: Readonly<Record<Choice, string>> = {
  a: "🅰️",
  b: "🅱️",
  tie: "🤝",
  neither: "👎",
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

/**
 * The text that a ballot turns into once its member has voted: A or B as voted, the first one for a
 * tie, and for "neither" the best answer that was not shown, or the first one if there is none.
 */
export function chosenAnswer(
  ballot: Pick<BallotRecord, "candidates" | "alternative">,
  vote: Choice,
): string {
  const [a, b] = ballot.candidates;
  switch (vote) {
    case "a":
    case "tie":
      return a.text;
    case "b":
      return b.text;
    case "neither":
      return ballot.alternative ?? a.text;
  }
}

/** What a member did with one reaction of a ballot. */
export interface ChoiceChange {
  readonly kind: "added" | "removed";
  readonly choice: Choice;
  /** True if a super reaction is part of it: the plain one next to it may stand, or may not. */
  readonly isSuper?: true;
}

/**
 * `changes` and then `next`, without what makes no difference any more: at most two changes for
 * each choice, however many there were.
 */
export function withChange(
  changes: readonly ChoiceChange[],
  next: ChoiceChange,
): readonly ChoiceChange[] {
  const { kind, choice } = next;
  const isSuper = next.isSuper || changes.some((one) => one.choice === choice && one.isSuper);
  const marked: ChoiceChange = { kind, choice, ...(isSuper && { isSuper }) };
  if (kind === "removed") return [...changes.filter((one) => one.choice !== choice), marked];
  const last = changes.findLast((one) => one.choice === choice);
  if (last?.kind !== "added") return [...changes, marked];
  return changes.map((one) => (one === last ? marked : one));
}

/** The choices that stand after `changes`, the last one last. */
export function afterChanges(
  choices: readonly Choice[],
  changes: readonly ChoiceChange[],
): readonly Choice[] {
  let standing = choices;
  for (const { kind, choice } of changes) {
    if (kind === "removed") standing = standing.filter((one) => one !== choice);
    else if (!standing.includes(choice)) standing = standing.concat(choice);
  }
  return standing;
}

/** The choices that `changes` take away although they do not stand. */
export function strayRemovals(
  choices: readonly Choice[],
  changes: readonly ChoiceChange[],
): readonly Choice[] {
  return changes
    .filter(({ kind, choice }, at) => {
      const before = afterChanges(choices, changes.slice(0, at));
      return kind === "removed" && !before.includes(choice);
    })
    .map(({ choice }) => choice);
}
