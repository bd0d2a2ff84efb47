/** Several words as one part of a sentence: with commas and the language's "and" or "or". */
import type { Say } from "./say.js";

/** British English puts no comma before the last "and". */
const LOCALES = { en: "en-GB", de: "de", es: "es" } as const;

/** "a, b and c". */
export function allOf(items: readonly string[], { language }: Pick<Say, "language">): string {
  return new Intl.ListFormat(LOCALES[language], { type: "conjunction" }).format(items);
}

/** "a, b or c". */
export function oneOf(items: readonly string[], { language }: Pick<Say, "language">): string {
  return new Intl.ListFormat(LOCALES[language], { type: "disjunction" }).format(items);
}
