/** Why a reply was chosen, in words. No Discord. */
import type { NotedWhy, Tipping } from "../ballots/reply-notes.js";

/** An axis that gave less than this (logits) tipped nothing. */
const NOTHING = 0.05;
const MUCH = 0.7;
const SHOWN = 3;

/** One or two sentences: what spoke for the reply, and what against it. */
export function whyText({ tipped }: Pick<NotedWhy, "tipped">): string {
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
