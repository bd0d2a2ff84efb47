/** The ten quick questions, in German. */
import type { CALIBRATION as ENGLISH } from "../en/calibration.js";
import type { Translated } from "../translated.js";

export const CALIBRATION: Translated<typeof ENGLISH> = {
  question:
    "{bar} Frage {number} von {total}\nJemand fragt: „{prompt}“ **Welche Antwort würdest du lieber bekommen?**",
  skip: "Überspringen",
  stop: "Hier aufhören",
  nothingToAsk:
    "Die Mitglieder sind sich bei Antworten bisher einig, deshalb gibt es nichts, was ich dich fragen könnte.",
  doneEarly:
    "Fertig nach {answers, plural, one {# Antwort} other {# Antworten}}: Ich weiß genug, und mehr würde mir kaum etwas sagen.",
  stopped: "Beendet; es wurde nichts geändert.",
  done: "Fertig, danke für {answers, plural, one {# Antwort} other {# Antworten}}!",
};
