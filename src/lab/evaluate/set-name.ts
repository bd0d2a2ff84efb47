/** Names a set by its folds. */

/** What all `names` begin with, up to a mark or number that tells them apart; else all of them. */
export function setName(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.every((name) => name === first)) return first;
  let length = 0;
  while (others.every((name) => name[length] === first[length])) length++;
  const common = withoutEnd(first.slice(0, length));
  return common === "" ? names.join(", ") : common;
}

/** `name` without what parts it from the number of a fold, as in `style/fold` and `style-`. */
function withoutEnd(name: string): string {
  const word = name.replace(/(?<=[^\p{L}])fold$/u, "");
  let end = word.length;
  while (end > 0 && !/\p{L}/u.test(word[end - 1]!)) end--;
  // What ends in a letter says something of its own.
  return end === word.length && word === name ? name : word.slice(0, end);
}
