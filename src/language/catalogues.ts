/** Every sentence that members and admins read, by language and room: one file for each room. */
import { ASKING as ASKING_DE } from "./de/asking.js";
import { CONVERSATIONS as CONVERSATIONS_DE } from "./de/conversations.js";
import { PRIVACY as PRIVACY_DE } from "./de/privacy.js";
import { ASKING } from "./en/asking.js";
import { CONVERSATIONS } from "./en/conversations.js";
import { PRIVACY } from "./en/privacy.js";
import { ASKING as ASKING_ES } from "./es/asking.js";
import { CONVERSATIONS as CONVERSATIONS_ES } from "./es/conversations.js";
import { PRIVACY as PRIVACY_ES } from "./es/privacy.js";
import type { Language } from "./languages.js";
import type { Translated } from "./translated.js";

const ENGLISH = {
  asking: ASKING,
  conversations: CONVERSATIONS,
  privacy: PRIVACY,
};

export type English = typeof ENGLISH;
export type Room = keyof English;

type Catalogue = { readonly [R in Room]: Translated<English[R]> };

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: ENGLISH,
  de: {
    asking: ASKING_DE,
    conversations: CONVERSATIONS_DE,
    privacy: PRIVACY_DE,
  },
  es: {
    asking: ASKING_ES,
    conversations: CONVERSATIONS_ES,
    privacy: PRIVACY_ES,
  },
};
