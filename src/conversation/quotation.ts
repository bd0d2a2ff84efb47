/**
 * Whether a candidate repeats a member's own words at length. Such a candidate may be sent, but
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

/** A text as it is compared. */
interface Wording {
  readonly words: readonly string[];
  /** The words without anything between them. */
  readonly joined: string;
}

/** What members wrote, read once for all candidates that are held against it. */
export class MemberTexts {
  readonly #texts: readonly string[];
  /** Once the first candidate is held against them. */
  #read: readonly MemberText[] | undefined;
  /** By candidate; the texts stay the same. */
  readonly #quoted = new Map<string, boolean>();

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** True if `candidate` shares a long stretch with one of the texts, in words or in characters. */
  areQuotedIn(candidate: string): boolean {
    const known = this.#quoted.get(candidate);
    if (known !== undefined) return known;
    this.#read ??= this.#texts.map((text) => new MemberText(text));
    const own = wordingOf(candidate);
    const shortRuns = runsOf(own.words, SHORT_RUN, " ");
    const areQuoted = this.#read.some((text) => text.isQuotedIn(own, shortRuns));
    this.#quoted.set(candidate, areQuoted);
    return areQuoted;
  }
}

class MemberText {
  readonly #own: Wording;
  readonly #shortRuns: ReadonlySet<string>;

  constructor(text: string) {
    this.#own = wordingOf(text);
    this.#shortRuns = new Set(runsOf(this.#own.words, SHORT_RUN, " "));
  }

  isQuotedIn(candidate: Wording, shortRuns: readonly string[]): boolean {
    const shared = shortRuns.filter((run) => this.#shortRuns.has(run)).length;
    if (shared / shortRuns.length > LARGEST_SHARE) return true;
    // A long run holds several short ones, and none that is not shared.
    const mayShareLong = shared > LONG_RUN - SHORT_RUN;
    if (mayShareLong && sharesRun(candidate.words, this.#own.words, LONG_RUN, " ")) return true;
    return (
      mayShareStretch(candidate.joined, this.#own.joined) &&
      sharesRun([...candidate.joined], [...this.#own.joined], LONG_CHARACTER_RUN, "")
    );
  }
}

function wordingOf(text: string): Wording {
  const words = text.toLowerCase().match(WORD) ?? [];
  return { words, joined: words.join("") };
}

/** A stretch of that many characters, wherever it begins, covers one of the pieces looked up here. */
function mayShareStretch(own: string, theirs: string): boolean {
  if (Math.min(own.length, theirs.length) < LONG_CHARACTER_RUN) return false;
  const half = LONG_CHARACTER_RUN / 2;
  const pieces = new Set<string>();
  for (let at = 0; at + half <= theirs.length; at++) pieces.add(theirs.slice(at, at + half));
  for (let at = 0; at + half <= own.length; at += half + 1) {
    if (pieces.has(own.slice(at, at + half))) return true;
  }
  return false;
}

function sharesRun(
  own: readonly string[],
  theirs: readonly string[],
  length: number,
  between: string,
): boolean {
  const known = new Set(runsOf(theirs, length, between));
  return known.size > 0 && runsOf(own, length, between).some((run) => known.has(run));
}

/** Each stretch of `length` items, with `between` after every item but its last. */
function runsOf(items: readonly string[], length: number, between: string): string[] {
  const whole = items.join(between);
  const starts: number[] = [];
  let start = 0;
  for (const item of items) {
    starts.push(start);
    start += item.length + between.length;
  }
  starts.push(start);
  const runs: string[] = [];
  for (let at = 0; at + length <= items.length; at++) {
    runs.push(whole.slice(starts[at], starts[at + length]! - between.length));
  }
  return runs;
}
