/** A profile in words and in bars of text. No Discord: the terminal shows the same. */
import type { AxisLeaning } from "../../models/rewards/axis-leanings.js";
import type { ProfileView } from "./profiles.js";

/** How sure the sign of a leaning must be to be named, and how sure to be called so. */
const IMPRESSION = 0.7;
const SURENESS: readonly (readonly [certainty: number, words: string])[] = [
  [0.95, "almost certain"],
  [0.85, "fairly sure"],
];
const MOST_NAMED = 4;
const MOST_OPEN = 3;
const BAR_HALF = 12;

/** What is said in place of a taste. */
export const MEMBERS_AGREE =
  "Members agree: votes so far show that people like the same answers. So everybody gets the answer that most people like, I ask nothing, and I claim nothing about your own taste.";

const NOTHING_KNOWN =
  "I know nothing about your taste yet: no votes so far. Tap the answer you like better when I ask, or answer ten quick questions with `/profile calibrate`.";

/** Two or three plain sentences: which way the member leans, how sure that is, what is open. */
export function profileText(view: ProfileView): string {
  const { leanings, nudges, votes } = view;
  if (view.agree) return agreementText(view);
  if (votes + nudges === 0) return NOTHING_KNOWN;
  const surest = [...leanings].sort((first, second) => second.certainty - first.certainty);
  const sure = surest.filter(({ certainty }) => certainty >= SURENESS.at(-1)![0]);
  const impressions = surest.filter(
    ({ certainty }) => certainty < SURENESS.at(-1)![0] && certainty >= IMPRESSION,
  );
  const open = surest.filter(({ certainty }) => certainty < IMPRESSION).reverse();
  return [
    sureSentence(sure, view),
    impressions.length > 0 ? `A first impression: ${endsOf(impressions)}.` : "",
    open.length > 0 ? `Still open: ${openPairs(open)}.` : "",
    nudges > 0 ? wishes(nudges) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** The same for somebody who can't see the picture: every axis with its number. */
export function profileAltText(view: ProfileView): string {
  const axes = view.leanings.map(
    ({ axis, weight, standardDeviation, certainty }) =>
      `${axis.low} to ${axis.high}: ${weight.toFixed(1)} plus or minus ${(1.645 * standardDeviation).toFixed(1)}, ${certainty >= IMPRESSION ? `towards ${weight > 0 ? axis.high : axis.low}` : "open"}`,
  );
  return `Your taste after ${countVotes(view.votes)}, one bar for each axis, from -2.2 to 2.2. ${axes.join("; ")}.`;
}

/** One line for each axis: where the member stands between its two ends, `═` as far as it is unsure. */
export function axisBars(view: ProfileView): string {
  const { leanings, votes } = view;
  if (view.agree) return MEMBERS_AGREE;
  const reach = Math.max(
    1,
    ...leanings.map(({ weight, standardDeviation }) => Math.abs(weight) + standardDeviation),
  );
  const width = Math.max(...leanings.map(({ axis }) => axis.low.length));
  const rows = leanings.map((leaning) => {
    const end = leaning.axis.low.padStart(width);
    return `  ${end} ${bar(leaning, reach)} ${leaning.axis.high}`;
  });
  return [`The profile after ${countVotes(votes)}:`, ...rows].join("\n");
}

/**
 * How much narrower the weights are known than before the first vote, 0 to 100: one minus the mean
 * ratio of the standard deviations of the posterior and of the prior.
 */
export function certaintyOf({ leanings }: ProfileView): number {
  const ratios = leanings.map(
    ({ standardDeviation, priorDeviation }) => standardDeviation / priorDeviation,
  );
  return Math.round(100 * (1 - ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length));
}

function agreementText({ nudges, votes }: ProfileView): string {
  const kept =
    votes > 0 ? ` Your ${countVotes(votes)} stay stored and count again when tastes differ.` : "";
  const wished = nudges > 0 ? " The wishes that you set by hand stay stored as well." : "";
  return `${MEMBERS_AGREE}${kept}${wished}`;
}

function sureSentence(sure: readonly AxisLeaning[], { votes }: ProfileView): string {
  if (sure.length === 0) return `After ${countVotes(votes)} nothing is sure yet.`;
  const named = sure.slice(0, MOST_NAMED);
  const least = named.at(-1)!.certainty;
  const words = SURENESS.find(([certainty]) => least >= certainty)![1];
  return `You like answers that are ${endsOf(named)}; ${words} after ${countVotes(votes)}.`;
}

function endsOf(leanings: readonly AxisLeaning[]): string {
  return leanings
    .slice(0, MOST_NAMED)
    .map(({ axis, weight }) => `**${weight > 0 ? axis.high : axis.low}**`)
    .join(", ");
}

function openPairs(leanings: readonly AxisLeaning[]): string {
  const rest = leanings.length > MOST_OPEN ? "; and more" : "";
  const pairs = leanings.slice(0, MOST_OPEN).map(({ axis }) => `${axis.low} or ${axis.high}`);
  return pairs.join("; ") + rest;
}

function wishes(nudges: number): string {
  return nudges === 1
    ? "1 wish that you set by hand is in it."
    : `${nudges} wishes that you set by hand are in it.`;
}

function countVotes(votes: number): string {
  return `${votes} vote${votes === 1 ? "" : "s"}`;
}

function bar({ weight, standardDeviation }: AxisLeaning, reach: number): string {
  const cells: string[] = Array.from({ length: 2 * BAR_HALF + 1 }, (_, cell) => {
    const at = ((cell - BAR_HALF) / BAR_HALF) * reach;
    return Math.abs(at - weight) <= standardDeviation ? "═" : "─";
  });
  cells[BAR_HALF] = cells[BAR_HALF] === "═" ? "╪" : "┼";
  const position = Math.round((weight / reach) * BAR_HALF) + BAR_HALF;
  cells[Math.min(2 * BAR_HALF, Math.max(0, position))] = "●";
  return cells.join("");
}
