/** What the language model is told about a member's taste, in German. */
import type { MANNER as ENGLISH } from "../en/manner.js";
import type { Translated } from "../translated.js";

export const MANNER: Translated<typeof ENGLISH> = {
  length: "Länge",
  formality: "Förmlichkeit",
  humour: "Humor",
  askingBack: "Rückfragen",
  structure: "Listen und Überschriften",
  warmth: "Herzlichkeit",
  notAgreed:
    "**Was ich dem Sprachmodell über deinen Geschmack sage**: nichts; `/profil einwilligung` ändert das.",
  toldNothingYet:
    "**Was ich dem Sprachmodell über deinen Geschmack sage**: noch nichts. Ich bitte es auch, dies und das zu probieren, damit du vergleichen kannst.",
  told: "**Was ich dem Sprachmodell über deinen Geschmack sage**: {words} Um manche Antworten bitte ich auf andere Weise, damit du vergleichen kannst.",
  switchOff: "`/profil anpassen` schaltet jedes davon aus.",
  switchedOff: "Ausgeschaltet: {axes}. `/profil anpassen` ändert das.",
  plainAnswer:
    "Es ist eine schlichte Antwort: Dem Sprachmodell wurde nichts über deinen Geschmack gesagt.",
  wasTold: "Dem Sprachmodell wurde gesagt: {words}",
  fast: "**Schnelle Antworten** sind an: Du bekommst eine Antwort und liest sie, während sie geschrieben wird. `/profil anpassen` ändert das.",
  plain: "schlicht",
};
