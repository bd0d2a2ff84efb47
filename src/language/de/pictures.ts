/** The words in pictures, in German. */
import type { PICTURES as ENGLISH } from "../en/pictures.js";
import type { Translated } from "../translated.js";

export const PICTURES: Translated<typeof ENGLISH> = {
  title: "Dein Geschmack bei Antworten",
  nothingKnown: "noch ist nichts bekannt",
  votes: "nach {votes, plural, one {# Stimme} other {# Stimmen}}",
  you: "du",
  interval: "zu 90 % sicher hier drin",
  average: "ungefährer Schnitt auf diesem Server",
  noAverage: "noch kein Schnitt: dafür müssen zwanzig Mitglieder teilen",
  versions: "Zurückgehaltene Stimmen richtig vorhergesagt",
  oldest: "älteste Version",
  newest: "neueste; groß: antwortet jetzt",
  versionsAlt:
    "Zurückgehaltene Stimmen, die richtig vorhergesagt wurden, von der ältesten Version bis zur neuesten: {figures}.",
};
