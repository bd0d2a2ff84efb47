/**
 * What a profile says in words: about the taste, under its picture, in bars of text, and about why one
 * reply was chosen. No Discord: the terminal shows the same.
 */
import type { AxisLeaning } from "../../models/rewards/axis-leanings.js";
import type { Tipping, Why } from "../ballots/reply-notes.js";
import type { BallotRecord } from "../store/records.js";
import { mannerSentence, standingText } from "./manner-text.js";
import type { ProfileCard, TellingVote } from "./profile-cards.js";
import type { ProfileView } from "./profiles.js";

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** The taste, the votes that mattered most, what would be asked next, and what the model is told. */
export function cardText({ view, votes, next, manner }: ProfileCard): string {
  const lines = [profileText(view)];
  if (view.agree) return lines[0]!;
  if (votes.length > 0) lines.push("", "**The votes that mattered most**", ...votes.map(voteLine));
  if (next !== undefined) {
    lines.push("", `**Next I would ask** about “${next.prompt}”: ${next.axes.join(", ")}?`);
  }
  return [...lines, "", standingText(manner)].join("\n");
}

function voteLine({ at, tie, preferred, other }: TellingVote): string {
  const [first, second] = [preferred.join(", "), other.join(", ")];
  const day = DATE.format(at);
  if (tie) return `• ${day}: ${first} as good as ${second}`;
  return `• ${day}: ${first} rather than ${second}`;
}

/** How sure the sign of a leaning must be for a first impression, and from when on it is called sure. */
const IMPRESSION = 0.7;
const SURENESS: readonly (readonly [certainty: number, words: string])[] = [
  [0.95, "almost certain"],
  [0.85, "fairly sure"],
];
const MOST_NAMED = 4;
const MOST_OPEN = 3;
const BAR_HALF = 12;

/** Said in place of a taste. */
export const MEMBERS_AGREE =
  "Members agree: the votes so far show that people like the same answers. So everybody gets the answer that most people like, I ask no questions, and I claim nothing about your own taste.";

const NOTHING_KNOWN =
  "I don't know your taste yet: you haven't voted so far. When I show you two answers, tap the one you like better; or answer ten quick questions with `/profile calibrate`.";

/** A few plain sentences: which way the member leans, how sure that is, and what is still open. */
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

/** The same for members who can't see the picture: every axis with its number. */
export function profileAltText(view: ProfileView): string {
  const axes = view.leanings.map(
    ({ axis, weight, standardDeviation, certainty }) =>
      `${axis.low} to ${axis.high}: ${weight.toFixed(1)} plus or minus ${(1.645 * standardDeviation).toFixed(1)}, ${certainty >= IMPRESSION ? `towards ${weight > 0 ? axis.high : axis.low}` : "open"}`,
  );
  return `Your taste after ${countVotes(view.votes)}, one bar for each axis, from -2.2 to 2.2. ${axes.join("; ")}.`;
}

/** One line for each axis: where the member stands between its two ends, `═` over the range that is plausible. */
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
 * How much more precisely the weights are known than before the first vote, 0 to 100: one minus the mean
 * ratio of the standard deviations of the posterior and of the prior.
 */
export function certaintyOf({ leanings }: ProfileView): number {
  const ratios = leanings.map(
    ({ standardDeviation, priorDeviation }) => standardDeviation / priorDeviation,
  );
  return Math.round(100 * (1 - ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length));
}

function agreementText({ nudges, votes }: ProfileView): string {
  const stored = votes > 0 ? ` ${storedVotes(votes)}` : "";
  const wished = nudges > 0 ? " The wishes that you set by hand are still stored too." : "";
  return `${MEMBERS_AGREE}${stored}${wished}`;
}

function storedVotes(votes: number): string {
  return votes === 1
    ? "Your vote is still stored, and counts again when tastes differ."
    : `Your ${votes} votes are still stored, and count again when tastes differ.`;
}

function sureSentence(sure: readonly AxisLeaning[], { votes }: ProfileView): string {
  if (sure.length === 0) return `After ${countVotes(votes)} I am not sure of anything yet.`;
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
    ? "This includes 1 wish that you set by hand."
    : `This includes ${nudges} wishes that you set by hand.`;
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

/** An axis that contributed less than this (logits) made no difference. */
const NO_DIFFERENCE = 0.05;
const A_LOT = 0.7;
const MOST_REASONS = 3;

/** What counted for the reply and what against it, and in which manner it was asked for. */
export function whyText({ tipped, manner }: Omit<Why, "runnerUp">): string {
  const choice = tipped.length === 0 ? [] : [choiceText(tipped)];
  const asked = manner === undefined ? [] : [mannerSentence(manner)];
  return [...choice, ...asked].join("\n");
}

/**
 * Of a ballot that has its vote: in which manner each answer was asked for. Undefined before, for it
 * is the answers that a vote is about; and if none was asked for in a manner.
 */
export function ballotMannersText({ candidates, choices }: BallotRecord): string | undefined {
  const manners = candidates.map(({ manner }) => manner);
  if (choices.length === 0 || manners.every((manner) => manner === undefined)) return undefined;
  const lines = manners.map((manner, at) => `${"AB"[at]}: ${mannerSentence(manner ?? PLAIN)}`);
  return ["You chose between two answers.", ...lines].join("\n");
}

const PLAIN = { directives: [] };

function choiceText(tipped: readonly Tipping[]): string {
  const telling = tipped.filter(({ amount }) => Math.abs(amount) >= NO_DIFFERENCE);
  const reasons = telling.filter(({ amount }) => amount > 0).slice(0, MOST_REASONS);
  const against = telling.filter(({ amount }) => amount < 0).slice(0, MOST_REASONS);
  if (reasons.length === 0) {
    return "It was a close call: from what I know of your taste, the best answers were about equally good.";
  }
  const sentences = [`Why I chose it over the runner-up: ${reasons.map(reason).join("; ")}.`];
  if (against.length > 0)
    sentences.push(`What counted against it: ${against.map(axisName).join(", ")}.`);
  return sentences.join(" ");
}

function reason(tipping: Tipping): string {
  return `**${axisName(tipping)}** (counted ${tipping.amount >= A_LOT ? "a lot" : "a little"})`;
}

function axisName({ axis }: Tipping): string {
  return `${axis.low} – ${axis.high}`;
}
