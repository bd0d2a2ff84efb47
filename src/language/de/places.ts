/** What `../en/places.ts` says, in German. */
import type { PLACES as ENGLISH } from "../en/places.js";
import type { Translated } from "../translated.js";

export const PLACES: Translated<typeof ENGLISH> = {
  wholeServer: "den ganzen Server",
  personaTitle: "Wie ich hier auftrete",
  personaLabel: "Meine Rolle, für {place}",
  personaHint: "Zum Beispiel: ein trockener Bibliothekar, der Fußnoten liebt. Leer: keine Rolle.",
  personaSet: "Ab jetzt antworte ich so, für {place}.",
  personaGone: "Ab jetzt antworte ich ohne Rolle, für {place}.",
  modelQuestion: "Welches Sprachmodell soll antworten? Das gilt für {place}.",
  modelDefault: "{model} (der Standard)",
  oneModel: "Es gibt nur ein Sprachmodell, {model}. Wem der Bot gehört, der kann weitere erlauben.",
  noModel: "Hier gibt es kein Sprachmodell: Meine Antworten kommen aus einer fertigen Sammlung.",
  modelSet: "Ab jetzt antwortet {model}, für {place}.",
  modelNotAllowed: "Dieses Modell ist nicht mehr erlaubt. Es wurde nichts geändert.",
  tooMany:
    "Für {most, number} Kanäle ist schon etwas gewählt: Nimm erst etwas davon zurück. Es wurde nichts geändert.",
  persona: "**Rolle** für {place}: {persona}",
  model: "**Sprachmodell** für {place}: {model}",
  more: "… und {count, number} weitere.",
};
