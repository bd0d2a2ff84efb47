/**
 * The ends of an axis in the member's language. Axes come with English words; those that we wrote have a
 * translation, and those that a language model wrote stay as they are.
 */
import { AXIS_WORDS as GERMAN } from "./de/axis-words.js";
import { AXIS_WORDS as SPANISH } from "./es/axis-words.js";
import type { Language } from "./languages.js";
import type { Say } from "./say.js";
import type { AxisWords } from "./translated.js";

export const AXIS_WORDS: Readonly<Record<Exclude<Language, "en">, AxisWords>> = {
  de: GERMAN,
  es: SPANISH,
};

/** The words for an axis' end, of which there may be several with commas between them. */
export function axisEnd(words: string, { language }: Pick<Say, "language">): string {
  if (language === "en") return words;
  const known = AXIS_WORDS[language];
  const translated = words
    .split(", ")
    .map((word) => (Object.hasOwn(known, word) ? known[word] : undefined));
  // Half a translation would be harder to read than none.
  return translated.every((word) => word !== undefined) ? translated.join(", ") : words;
}
