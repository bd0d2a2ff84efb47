/** Why a reply was chosen, in words. No Discord. */
import type { Tipping, Why } from "../ballots/reply-notes.js";
import type { BallotRecord } from "../store/records.js";
import { mannerSentence } from "./manner-text.js";

/** An axis that gave less than this (logits) tipped nothing. */
const NOTHING = 0.05;
const MUCH = 0.7;
const SHOWN = 3;

/** What spoke for the reply and what against it, and in which manner it was asked for. */
export function whyText({ tipped, manner }: Omit<Why, "runnerUp">): string {
  const asked = manner === undefined ? [] : [mannerSentence(manner)];
  const choice = tipped.length === 0 ? [] : [choiceText(tipped)];
  return [...choice, ...asked].join("\n");
}

/**
 * Of a ballot that has its vote: in which manner each answer was asked for. Undefined before, for it
 * is the answers that a vote is about; and where none was asked for in a manner.
 */
export function ballotMannersText({ candidates, choices }: BallotRecord): string | undefined {
  const manners = candidates.map(({ manner }) => manner);
  if (choices.length === 0 || manners.every((manner) => manner === undefined)) return undefined;
  const lines = manners.map((manner, at) => `${"AB"[at]}: ${mannerSentence(manner ?? PLAIN)}`);
  return ["You chose between two answers.", ...lines].join("\n");
}

const PLAIN = { directives: [] };

function choiceText(tipped: readonly Tipping[]): string {
  const telling = tipped.filter(({ amount }) => Math.abs(amount) >= NOTHING);
  const reasons = telling.filter(({ amount }) => amount > 0).slice(0, SHOWN);
  const against = telling.filter(({ amount }) => amount < 0).slice(0, SHOWN);
  if (reasons.length === 0) {
    return "It was a close call: by what I know of your taste, the best answers were about as good.";
  }
  const sentences = [
    `I chose it over the runner-up for its place on: ${reasons.map(reason).join("; ")}.`,
  ];
  if (against.length > 0) sentences.push(`Against it spoke: ${against.map(name).join(", ")}.`);
  return sentences.join(" ");
}

function reason(tipping: Tipping): string {
  return `**${name(tipping)}** (${tipping.amount >= MUCH ? "it counted a lot" : "it counted a little"})`;
}

function name({ axis }: Tipping): string {
  return `${axis.low} – ${axis.high}`;
}
