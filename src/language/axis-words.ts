/**
 * The ends of an axis in the member's language. Axes come with English words; those that we wrote have a
 * translation here, and a language model writes some along with its words.
 */
import type { Axis, AxisEnds } from "../../models/rewards/base-rewards.js";
import { AXIS_WORDS as GERMAN } from "./de/axis-words.js";
import { AXIS_WORDS as SPANISH } from "./es/axis-words.js";
import type { Language } from "./languages.js";
import type { Say } from "./say.js";
import type { AxisWords } from "./translated.js";

export const AXIS_WORDS: Readonly<Record<Exclude<Language, "en">, AxisWords>> = {
  de: GERMAN,
  es: SPANISH,
};

/** What an axis is called at one of its ends. */
export function axisEnd(
  axis: Pick<Axis, "low" | "high" | "translations">,
  end: keyof AxisEnds,
  { language }: Pick<Say, "language">,
): string {
  return axis.translations?.[language]?.[end] ?? translated(axis[end], language);
}

/** English words, of which there may be several with commas between them. */
function translated(words: string, language: Language): string {
  if (language === "en") return words;
  const known = AXIS_WORDS[language];
  const others = words
    .split(", ")
    .map((word) => (Object.hasOwn(known, word) ? known[word] : undefined));
  // Half a translation would be harder to read than none.
  return others.every((word) => word !== undefined) ? others.join(", ") : words;
}
