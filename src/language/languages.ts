/** The languages that members are spoken to in, and which of them a locale means. */

/** The first is the fallback, and the one that the others are translated from. */
export const LANGUAGES = ["en", "de", "es"] as const;

export type Language = (typeof LANGUAGES)[number];

export const FALLBACK_LANGUAGE: Language = LANGUAGES[0];

/** The language of a locale as `de`, `en-GB`, `es-419` or `de_AT.UTF-8`; undefined if it is none of ours. */
export function spokenLanguage(locale: string | null | undefined): Language | undefined {
  const [, primary] = /^([a-z]{2})(?:[-_.@]|$)/i.exec(locale ?? "") ?? [];
  return LANGUAGES.find((language) => language === primary?.toLowerCase());
}

/** The language of the first locale that is one of ours, or else English. */
export function languageOf(...locales: readonly (string | null | undefined)[]): Language {
  for (const locale of locales) {
    const language = spokenLanguage(locale);
    if (language !== undefined) return language;
  }
  return FALLBACK_LANGUAGE;
}

/** What `language`, as `de`, is called in the language `inLanguage`. */
export function languageName(language: string, inLanguage: Language): string {
  return new Intl.DisplayNames([inLanguage], { type: "language" }).of(language) ?? language;
}
