/** The bundled deck: everyday prompts with eight answers each that differ in style. One file a language. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectFolder } from "../project-folder.js";

const LABEL = z.union([z.literal(1), z.literal(-1)]);

const STYLE = z.object({
  length: LABEL,
  formality: LABEL,
  humour: LABEL,
  elicitation: LABEL,
  enthusiasm: LABEL,
  politeness: LABEL,
  confidence: LABEL,
});

const DECK = z.object({
  language: z.string(),
  prompts: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(["question", "advice", "explanation", "smalltalk", "writing", "code"]),
        prompt: z.string().min(1),
        answers: z.array(z.object({ style: STYLE, text: z.string().min(1) })).min(2),
      }),
    )
    .min(1),
});

export type Deck = z.infer<typeof DECK>;
export type DeckPrompt = Deck["prompts"][number];
/** An answer with its author's judgement on each axis: +1 for its high end, -1 for its low end. */
export type DeckAnswer = DeckPrompt["answers"][number];
export type StyleAxis = keyof z.infer<typeof STYLE>;

/** The deck's file is missing or damaged. */
export class DeckError extends Error {
  override readonly name = "DeckError";
}

/** Reads the deck of `language`. Throws {@link DeckError}. */
export function loadDeck(language = "en"): Deck {
  const file = join(projectFolder(), "src", "shared", "deck", `${language}.json`);
  try {
    return DECK.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new DeckError(`The deck ${file} can't be read; restore it from the repository.`, {
      cause,
    });
  }
}

/** All decks, the English one first. Throws {@link DeckError}. */
export function loadDecks(): Deck[] {
  const others = deckLanguages().filter((language) => language !== "en");
  return ["en", ...others].map((language) => loadDeck(language));
}

/** The languages that have a deck: the names of its files. */
export function deckLanguages(): string[] {
  return readdirSync(join(projectFolder(), "src", "shared", "deck"))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}
