/**
 * What a profile says in words: about the taste, under its picture, and in bars of text. No Discord: the
 * terminal shows the same.
 */
import type { AxisLeaning } from "../../models/rewards/axis-leanings.js";
import type { Axis } from "../../models/rewards/base-rewards.js";
import { axisEnd } from "../language/axis-words.js";
import type { Language } from "../language/languages.js";
import type { Say } from "../language/say.js";
import { standingText } from "./manner-text.js";
import type { ProfileCard, TellingVote } from "./profile-cards.js";
import type { ProfileView } from "./profiles.js";

const DATE_LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", de: "de", es: "es" };

/** The taste, the votes that mattered most, what would be asked next, and what the model is told. */
export function cardText({ view, votes, next, manner }: ProfileCard, say: Say): string {
  const lines = [profileText(view, say)];
  if (view.agree) return lines[0]!;
  if (votes.length > 0) {
    lines.push("", say("profile.mattered"), ...votes.map((vote) => voteLine(vote, say)));
  }
  if (next !== undefined) {
    const axes = next.axes.map((axis) => pairOf(axis, say)).join(", ");
    lines.push("", say("profile.next", { prompt: next.prompt, axes }));
  }
  return [...lines, "", standingText(manner, say)].join("\n");
}

function voteLine({ at, tie, preferred, other }: TellingVote, say: Say): string {
  const words = (ends: TellingVote["preferred"]) =>
    ends.map(({ axis, end }) => axisEnd(axis, end, say)).join(", ");
  return say(tie ? "profile.tie" : "profile.rather", {
    day: dayIn(say).format(at),
    first: words(preferred),
    second: words(other),
  });
}

function dayIn({ language }: Say): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(DATE_LOCALES[language], {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}

/** How sure the sign of a leaning must be for a first impression, and from when on it is called sure. */
const IMPRESSION = 0.7;
const FAIRLY_SURE = 0.85;
const ALMOST_CERTAIN = 0.95;
const MOST_NAMED = 4;
const MOST_OPEN = 3;
const BAR_HALF = 12;

/** A few plain sentences: which way the member leans, how sure that is, and what is still open. */
export function profileText(view: ProfileView, say: Say): string {
  const { leanings, nudges, votes } = view;
  if (view.agree) return agreementText(view, say);
  if (votes + nudges === 0) return say("profile.nothingKnown");
  const surest = [...leanings].sort((first, second) => second.certainty - first.certainty);
  const sure = surest.filter(({ certainty }) => certainty >= FAIRLY_SURE);
  const impressions = surest.filter(
    ({ certainty }) => certainty < FAIRLY_SURE && certainty >= IMPRESSION,
  );
  const open = surest.filter(({ certainty }) => certainty < IMPRESSION).reverse();
  return [
    sureSentence(sure, view, say),
    impressions.length > 0 ? say("profile.impression", { ends: endsOf(impressions, say) }) : "",
    open.length > 0 ? openSentence(open, say) : "",
    nudges > 0 ? say("profile.wishesIncluded", { wishes: nudges }) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** The same for members who can't see the picture: every axis with its number. */
export function profileAltText(view: ProfileView, say: Say): string {
  const axes = view.leanings.map(({ axis, weight, standardDeviation, certainty }) => {
    const [low, high] = [axisEnd(axis, "low", say), axisEnd(axis, "high", say)];
    const facts = { low, high, weight, deviation: 1.645 * standardDeviation };
    return certainty >= IMPRESSION
      ? say("profile.pictureTowards", { ...facts, end: weight > 0 ? high : low })
      : say("profile.pictureOpen", facts);
  });
  return say("profile.picture", { votes: view.votes, axes: axes.join("; ") });
}

/** One line for each axis: where the member stands between its two ends, `═` over the range that is plausible. */
export function axisBars(view: ProfileView, say: Say): string {
  const { leanings, votes } = view;
  if (view.agree) return say("profile.agree");
  const reach = Math.max(
    1,
    ...leanings.map(({ weight, standardDeviation }) => Math.abs(weight) + standardDeviation),
  );
  const lows = leanings.map(({ axis }) => axisEnd(axis, "low", say));
  const width = Math.max(...lows.map((low) => low.length));
  const rows = leanings.map((leaning, row) => {
    const high = axisEnd(leaning.axis, "high", say);
    return `  ${lows[row]!.padStart(width)} ${bar(leaning, reach)} ${high}`;
  });
  return [say("profile.bars", { votes }), ...rows].join("\n");
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

function agreementText({ nudges, votes }: ProfileView, say: Say): string {
  return [
    say("profile.agree"),
    ...(votes > 0 ? [say("profile.stillStored", { votes })] : []),
    ...(nudges > 0 ? [say("profile.wishesStored")] : []),
  ].join(" ");
}

function sureSentence(sure: readonly AxisLeaning[], { votes }: ProfileView, say: Say): string {
  if (sure.length === 0) return say("profile.notSure", { votes });
  const named = sure.slice(0, MOST_NAMED);
  const isCertain = named.at(-1)!.certainty >= ALMOST_CERTAIN;
  const ends = endsOf(named, say);
  return say(isCertain ? "profile.almostCertain" : "profile.fairlySure", { ends, votes });
}

function endsOf(leanings: readonly AxisLeaning[], say: Say): string {
  return leanings
    .slice(0, MOST_NAMED)
    .map(({ axis, weight }) => `**${axisEnd(axis, weight > 0 ? "high" : "low", say)}**`)
    .join(", ");
}

function openSentence(leanings: readonly AxisLeaning[], say: Say): string {
  const shown = leanings.slice(0, MOST_OPEN);
  const pairs = shown.map(({ axis }) => pairOf(axis, say)).join("; ");
  return say(leanings.length > MOST_OPEN ? "profile.openMore" : "profile.open", { pairs });
}

function pairOf(axis: Axis, say: Say): string {
  return say("profile.pair", { low: axisEnd(axis, "low", say), high: axisEnd(axis, "high", say) });
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
