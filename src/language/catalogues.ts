/** Every sentence that members and admins read, by language and room: one file for each room. */
import { CONVERSATIONS as CONVERSATIONS_DE } from "./de/conversations.js";
import { DOCTOR as DOCTOR_DE } from "./de/doctor.js";
import { PRIVACY as PRIVACY_DE } from "./de/privacy.js";
import { CONVERSATIONS } from "./en/conversations.js";
import { DOCTOR } from "./en/doctor.js";
import { PRIVACY } from "./en/privacy.js";
import { CONVERSATIONS as CONVERSATIONS_ES } from "./es/conversations.js";
import { DOCTOR as DOCTOR_ES } from "./es/doctor.js";
import { PRIVACY as PRIVACY_ES } from "./es/privacy.js";
import type { Language } from "./languages.js";
import type { Translated } from "./translated.js";

const ENGLISH = {
  conversations: CONVERSATIONS,
  doctor: DOCTOR,
  privacy: PRIVACY,
};

export type English = typeof ENGLISH;
export type Room = keyof English;

type Catalogue = { readonly [R in Room]: Translated<English[R]> };

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: ENGLISH,
  de: {
    conversations: CONVERSATIONS_DE,
    doctor: DOCTOR_DE,
    privacy: PRIVACY_DE,
  },
  es: {
    conversations: CONVERSATIONS_ES,
    doctor: DOCTOR_ES,
    privacy: PRIVACY_ES,
  },
};
