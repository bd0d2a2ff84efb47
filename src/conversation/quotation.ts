/**
 * Whether a candidate repeats the member's own words at length. Such a candidate may be sent, but
 * must not train: members' messages are no training data (Discord's Developer Policy).
 */

/** This many words in a row are a quotation. */
const LONG_RUN = 8;
/** So are this many characters in a row, in scripts that put no blanks between words. */
const LONG_CHARACTER_RUN = 24;
/** And so is this share of the candidate's runs of five words. */
const SHORT_RUN = 5;
const LARGEST_SHARE = 0.3;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** True where `candidate` shares a long stretch with `memberText`, in words or in characters. */
export function quotesLongStretch(candidate: string, memberText: string): boolean {
  const own = wordsOf(candidate);
  const theirs = wordsOf(memberText);
  if (sharedRuns(own, theirs, LONG_RUN) > 0) return true;
  const runs = own.length - SHORT_RUN + 1;
  if (runs > 0 && sharedRuns(own, theirs, SHORT_RUN) / runs > LARGEST_SHARE) return true;
  return sharedRuns([...own.join("")], [...theirs.join("")], LONG_CHARACTER_RUN) > 0;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** How many of the runs of `length` in `own` occur in `theirs`. */
function sharedRuns(own: readonly string[], theirs: readonly string[], length: number): number {
  const known = new Set(runsOf(theirs, length));
  return runsOf(own, length).filter((run) => known.has(run)).length;
}

function runsOf(items: readonly string[], length: number): string[] {
  const runs: string[] = [];
  for (let at = 0; at + length <= items.length; at++) {
    runs.push(items.slice(at, at + length).join(" "));
  }
  return runs;
}
