/** Names a set by its folds. */

/** What all `names` begin with, up to a mark or number that tells them apart; else all of them. */
export function setName(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.every((name) => name === first)) return first;
  let length = 0;
  while (others.every((name) => name[length] === first[length])) length++;
  const common = first.slice(0, length).replace(/[^\p{L}]+(?:fold)?$/u, "");
  return common === "" ? names.join(", ") : common;
}
