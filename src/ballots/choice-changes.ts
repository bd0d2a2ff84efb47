/** What a member did with the reactions of one ballot, in order, without what cancels out. No I/O. */
import type { Choice } from "../store/records.js";

export interface ChoiceChange {
  readonly kind: "added" | "removed";
  readonly choice: Choice;
  /** True where a super reaction is in it: the plain one beside it may stand, or may not. */
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
