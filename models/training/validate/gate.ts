/**
 * The gate: whether new base rewards may replace the current ones. Knows only how well both
 * predicted the same people.
 */
import type { PersonalShare } from "../../rewards/personal-share.js";
import type { MemberScore } from "./held-out.js";
import { meanOf } from "./paired.js";
import type { RecipeScores } from "./score-recipes.js";

/** So few people who were held out tell nothing. */
export const MINIMUM_HELD_OUT = 10;
/**
 * Nats a vote. Trained without the held-out people, both recipes know less than they will, and what
 * more votes bring then looks larger than it is.
 */
const MARGIN = 0.002;

/** How well a model predicts members it was not trained on, from the votes they answered. */
export interface HeldOutFigures {
  /** Mean per held-out comparison in nats, negative; −ln 2 = −0.693 is guessing. */
  readonly logLikelihood: number;
  /** Share of held-out comparisons predicted right, 0 to 1. */
  readonly accuracy: number;
  readonly comparisons: number;
  readonly members: number;
}

/** A mean over people with its 90% interval: below its lower end lies one in twenty. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What a verdict rests on. */
export type Grounds =
  | "adopted"
  /** For what everybody likes: tastes of their own make it no better. */
  | "adoptedAverage"
  | "guessing"
  | "tooLittle"
  | "chance"
  | "differs"
  | "tooFew";

export interface Verdict {
  readonly current: HeldOutFigures;
  readonly candidate: HeldOutFigures;
  /** Candidate minus current, nats per comparison. */
  readonly difference: Interval;
  readonly adopted: boolean;
  /** κ, that the candidate is to answer with: 0 if its average taste alone is better. */
  readonly personalShare: PersonalShare;
  readonly grounds: Grounds;
  /** Why, in one sentence for people. */
  readonly reason: string;
}

/**
 * Compares two recipes on the same people, who count the same each. The candidate passes when its
 * likelihood is better than the current one's by more than {@link MARGIN} and better than guessing,
 * both beyond chance. A candidate whose personal part does not pass is judged by the average taste
 * alone. `personalShare` is what its personal scores were made with. Throws nothing.
 */
export function judge(
  { candidate, current }: RecipeScores,
  personalShare: PersonalShare = 1,
): Verdict {
  const people = [...candidate.keys()].filter((person) => current.has(person));
  const before = people.map((person) => current.get(person)!.personal);
  const personal = people.map((person) => candidate.get(person)!.personal);
  const average = people.map((person) => candidate.get(person)!.average);
  if (people.length < MINIMUM_HELD_OUT) {
    const reason = tooFew(people.length);
    return { ...verdict(before, personal, personalShare), grounds: "tooFew", reason };
  }
  const asWhole = verdict(before, personal, personalShare);
  if (asWhole.adopted || personalShare === 0) return asWhole;
  const alone = verdict(before, average, 0);
  return alone.adopted ? alone : asWhole;
}

function verdict(
  before: readonly MemberScore[],
  after: readonly MemberScore[],
  personalShare: PersonalShare,
): Verdict {
  const difference = intervalOf(
    after.map((score, at) => score.logLikelihood - before[at]!.logLikelihood),
  );
  const overGuessing = intervalOf(after.map((score) => score.logLikelihood + Math.LN2));
  const enough = after.length >= MINIMUM_HELD_OUT;
  const adopted = enough && difference.low > MARGIN && overGuessing.low > MARGIN;
  const grounds = groundsOf({ adopted, difference, overGuessing, personalShare });
  return {
    current: figuresOf(before),
    candidate: figuresOf(after),
    difference,
    adopted,
    personalShare,
    grounds,
    reason: explain(grounds, difference, after.length),
  };
}

interface Findings extends Pick<Verdict, "adopted" | "difference" | "personalShare"> {
  readonly overGuessing: Interval;
}

function groundsOf({ adopted, difference, overGuessing, personalShare }: Findings): Grounds {
  if (adopted) return personalShare === 0 ? "adoptedAverage" : "adopted";
  // Also if a score is no number.
  if (!(overGuessing.low > MARGIN)) return "guessing";
  if (difference.low > 0) return "tooLittle";
  return difference.mean > 0 ? "chance" : "differs";
}

function explain(grounds: Grounds, difference: Interval, people: number): string {
  const on = `on ${people} people that were held out`;
  const range = `by ${inNats(difference.mean)} (90% interval ${inNats(difference.low)} to ${inNats(difference.high)})`;
  if (grounds === "adoptedAverage") {
    return `The new base rewards were adopted for what everybody likes: ${on} the average taste alone makes their log-likelihood per vote better ${range}, and tastes of their own do not.`;
  }
  if (grounds === "adopted") {
    return `The new base rewards were adopted: ${on} their log-likelihood per vote is better ${range}.`;
  }
  if (grounds === "guessing") {
    return `The new base rewards were not adopted: ${on} they predict no better than guessing, so the votes so far show no taste that members share.`;
  }
  if (grounds === "tooLittle") {
    return `The new base rewards were not adopted: ${on} their log-likelihood per vote is better only ${range}, which is too little to change them for.`;
  }
  if (grounds === "chance") {
    return `The new base rewards were not adopted: ${on} their log-likelihood per vote is better only ${range}, which can be chance.`;
  }
  return `The new base rewards were not adopted: ${on} their log-likelihood per vote differs from the present one's ${range}.`;
}

function tooFew(people: number): string {
  return `The new base rewards were not adopted: ${people} ${people === 1 ? "person" : "people"} could be held out, and fewer than ${MINIMUM_HELD_OUT} can't tell whether they are better.`;
}

function inNats(value: number): string {
  return value.toFixed(4);
}

/** Of nobody: those of guessing. */
function figuresOf(scores: readonly MemberScore[]): HeldOutFigures {
  if (scores.length === 0) {
    return { logLikelihood: -Math.LN2, accuracy: 0.5, comparisons: 0, members: 0 };
  }
  const mean = (pick: (score: MemberScore) => number) =>
    scores.reduce((sum, score) => sum + pick(score), 0) / scores.length;
  return {
    logLikelihood: mean((score) => score.logLikelihood),
    accuracy: mean((score) => score.accuracy),
    comparisons: scores.reduce((sum, score) => sum + score.comparisons, 0),
    members: scores.length,
  };
}

/** Student's interval over people, each of whom counts the same; of nobody, at 0. */
function intervalOf(values: readonly number[]): Interval {
  if (values.length === 0) return { mean: 0, low: 0, high: 0 };
  const { mean, standardError } = meanOf(values);
  const half = studentQuantile(values.length - 1) * standardError;
  return { mean, low: mean - half, high: mean + half };
}

/** The 95% quantile of Student's t, by Cornish and Fisher's expansion; 9 freedoms: 1.83. */
function studentQuantile(freedoms: number): number {
  const z = 1.644854;
  const f = Math.max(1, freedoms);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / f + second / f ** 2 + third / f ** 3;
}
