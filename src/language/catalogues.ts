/** Every sentence that members and admins read, by language and room: one file for each room. */
import { PRIVACY as PRIVACY_DE } from "./de/privacy.js";
import { PRIVACY } from "./en/privacy.js";
import { PRIVACY as PRIVACY_ES } from "./es/privacy.js";
import type { Language } from "./languages.js";
import type { Translated } from "./translated.js";

const ENGLISH = {
  privacy: PRIVACY,
};

export type English = typeof ENGLISH;
export type Room = keyof English;

type Catalogue = { readonly [R in Room]: Translated<English[R]> };

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: ENGLISH,
  de: { privacy: PRIVACY_DE },
  es: { privacy: PRIVACY_ES },
};
