/** Which words of a text are prose and which are code. Knows Markdown's backticks, no words. */
import type { Tokens } from "./tokens.js";

/**
 * The words outside of code, as [from, to) pairs one after the other. Code stands between backticks,
 * as many behind it as before; a mark that nothing closes is none.
 */
export function proseSpans({ words, backticks }: Tokens): number[] {
  const closed = backticks.length - (backticks.length % 2);
  const spans: number[] = [];
  let from = 0;
  for (let mark = 0; mark < closed; mark += 2) {
    if (backticks[mark]! > from) spans.push(from, backticks[mark]!);
    from = backticks[mark + 1]!;
  }
  if (words > from) spans.push(from, words);
  return spans;
}

/** How many words `spans` have together. */
export function wordsIn(spans: readonly number[]): number {
  let words = 0;
  for (let span = 0; span < spans.length; span += 2) words += spans[span + 1]! - spans[span]!;
  return words;
}
