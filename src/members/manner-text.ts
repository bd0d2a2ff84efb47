/** What the language model is told about a member's taste, in the very sentences. No Discord. */
import type { Slot } from "../../models/steering/spread.js";
import { STEERABLE_AXES, type SteerableAxis } from "../../models/steering/steerable-axes.js";
import { type Directive, sentenceOf } from "../../models/steering/vocabulary.js";

/** What goes along with a member's messages as things stand. */
export interface StandingManner {
  /** Whether the member has agreed that anything may. */
  readonly agreed: boolean;
  /** What they have switched off. */
  readonly withheld: readonly SteerableAxis[];
  readonly directives: readonly Directive[];
}

export const AXIS_NAMES: Readonly<Record<SteerableAxis, string>> = {
  length: "length",
  formality: "formality",
  humour: "humour",
  askingBack: "asking back",
  structure: "lists and headings",
  warmth: "warmth",
};

/** One or two lines: the sentences, and what is switched off. */
export function standingText({ agreed, withheld, directives }: StandingManner): string {
  if (!agreed) {
    return "**What I tell the language model about your taste**: nothing; `/profile consent` changes that.";
  }
  const told =
    directives.length === 0
      ? "nothing yet. It is also asked to try this and that, so that you can compare."
      : `${quoted(directives)} Some answers are asked for in other ways, so that you can compare.`;
  const off = STEERABLE_AXES.filter((axis) => withheld.includes(axis));
  const list = off.map((axis) => AXIS_NAMES[axis]).join(", ");
  return [
    `**What I tell the language model about your taste**: ${told}`,
    off.length === 0
      ? "`/profile adjust` switches any of it off."
      : `Switched off: ${list}. \`/profile adjust\` changes that.`,
  ].join("\n");
}

/** For a reply: in which manner it was asked for. */
export function mannerSentence({ directives }: Pick<Slot, "directives">): string {
  return directives.length === 0
    ? "It is a plain answer: the language model was told nothing about your taste."
    : `The language model was told: ${quoted(directives)}`;
}

/** For a table's heading: the sentences alone. */
export function shortManner({ directives }: Pick<Slot, "directives">): string {
  return directives.length === 0 ? "plain" : directives.map(sentenceOf).join(" ");
}

function quoted(directives: readonly Directive[]): string {
  return `“${directives.map(sentenceOf).join(" ")}”`;
}
