/** What the language model is told about a member's taste. */
export const MANNER = {
  length: "length",
  formality: "formality",
  humour: "humour",
  askingBack: "asking back",
  structure: "lists and headings",
  warmth: "warmth",
  notAgreed:
    "**What I tell the language model about your taste**: nothing; `/profile consent` changes that.",
  toldNothingYet:
    "**What I tell the language model about your taste**: nothing yet. It is also asked to try this and that, so that you can compare.",
  told: "**What I tell the language model about your taste**: {words} Some answers are asked for in other ways, so that you can compare.",
  switchOff: "`/profile adjust` switches any of it off.",
  switchedOff: "Switched off: {axes}. `/profile adjust` changes that.",
  plainAnswer: "It is a plain answer: the language model was told nothing about your taste.",
  wasTold: "The language model was told: {words}",
  fast: "**Fast answers** are on: you get one answer, and read it while it is written. `/profile adjust` changes that.",
  plain: "plain",
} as const;
