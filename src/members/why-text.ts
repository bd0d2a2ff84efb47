/** Why one reply was chosen, in words. No Discord: the terminal shows the same. */
import type { Tipping, Why } from "../ballots/reply-notes.js";
import { axisEnd } from "../language/axis-words.js";
import type { Say } from "../language/say.js";
import type { BallotRecord } from "../store/records.js";
import { mannerSentence } from "./manner-text.js";

/** An axis that contributed less than this (logits) made no difference. */
const NO_DIFFERENCE = 0.05;
const A_LOT = 0.7;
const MOST_REASONS = 3;

/** What counted for the reply and what against it, and in which manner it was asked for. */
export function whyText({ tipped, manner }: Omit<Why, "runnerUp">, say: Say): string {
  const choice = tipped.length === 0 ? [] : [choiceText(tipped, say)];
  const asked = manner === undefined ? [] : [mannerSentence(manner, say)];
  return [...choice, ...asked].join("\n");
}

/**
 * Of a ballot that has its vote: in which manner each answer was asked for. Undefined before, for it
 * is the answers that a vote is about; and if none was asked for in a manner.
 */
export function ballotMannersText(
  { candidates, choices }: BallotRecord,
  say: Say,
): string | undefined {
  const manners = candidates.map(({ manner }) => manner);
  if (choices.length === 0 || manners.every((manner) => manner === undefined)) return undefined;
  const lines = manners.map((manner, at) => `${"AB"[at]}: ${mannerSentence(manner ?? PLAIN, say)}`);
  return [say("profile.twoAnswers"), ...lines].join("\n");
}

const PLAIN = { directives: [] };

function choiceText(tipped: readonly Tipping[], say: Say): string {
  const telling = tipped.filter(({ amount }) => Math.abs(amount) >= NO_DIFFERENCE);
  const reasons = telling.filter(({ amount }) => amount > 0).slice(0, MOST_REASONS);
  const against = telling.filter(({ amount }) => amount < 0).slice(0, MOST_REASONS);
  if (reasons.length === 0) return say("profile.closeCall");
  const sentences = [
    say("profile.why", { reasons: reasons.map((one) => reason(one, say)).join("; ") }),
  ];
  if (against.length > 0) {
    const axes = against.map((one) => axisName(one, say)).join(", ");
    sentences.push(say("profile.whyNot", { axes }));
  }
  return sentences.join(" ");
}

function reason(tipping: Tipping, say: Say): string {
  const axis = axisName(tipping, say);
  return say(tipping.amount >= A_LOT ? "profile.aLot" : "profile.aLittle", { axis });
}

function axisName({ axis }: Tipping, say: Say): string {
  return `${axisEnd(axis, "low", say)} – ${axisEnd(axis, "high", say)}`;
}
