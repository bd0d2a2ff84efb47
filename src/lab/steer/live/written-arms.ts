/** The ways of answering that are held against each other with a real model, and what each is told. */
import type { Directive } from "../../../../models/steering/vocabulary.js";
import { systemMessage } from "../../../conversation/prompting.js";
import { directiveText } from "../../../conversation/steering/directive-text.js";

export interface LiveArm {
  readonly name: string;
  readonly count: number;
  readonly directed: boolean;
  readonly withExamples: boolean;
}

/** The one that all others are held against. */
export const PLAIN_ARM: LiveArm = {
  name: "plain",
  count: 1,
  directed: false,
  withExamples: false,
};

export const LIVE_ARMS: readonly LiveArm[] = [
  PLAIN_ARM,
  { name: "best of four", count: 4, directed: false, withExamples: false },
  { name: "directive", count: 1, directed: true, withExamples: false },
  { name: "examples", count: 1, directed: false, withExamples: true },
  { name: "directive, best of four", count: 4, directed: true, withExamples: false },
  { name: "all", count: 4, directed: true, withExamples: true },
];

const WORDS_OF_AN_EXAMPLE = 60;
const EXAMPLES_HEADING =
  "Answers to other questions, as examples of manner alone: write in their manner, and take nothing that they say.";

/** The system message of a request: the product's own, with examples before the directive where they go along. */
export function instructionOf(
  instruction: string | undefined,
  directives: readonly Directive[],
  examples: readonly string[],
): string {
  const shown = examples.map(
    (text) => `<example>\n${firstWords(text, WORDS_OF_AN_EXAMPLE)}\n</example>`,
  );
  const parts = [
    ...(shown.length > 0 ? [[EXAMPLES_HEADING, ...shown].join("\n")] : []),
    ...(directives.length > 0 ? [directiveText({ directives })!] : []),
  ];
  return systemMessage({
    instruction,
    directives: parts.length > 0 ? parts.join("\n\n") : undefined,
  });
}

/** The first `most` words of `text`, with their blanks and lines as they are. */
export function firstWords(text: string, most: number): string {
  let words = 0;
  let isWithin = false;
  for (let at = 0; at < text.length; at++) {
    const isBlank = /\s/.test(text[at]!);
    if (!isBlank && !isWithin && ++words > most) return `${text.slice(0, at).trimEnd()} …`;
    isWithin = !isBlank;
  }
  return text;
}
