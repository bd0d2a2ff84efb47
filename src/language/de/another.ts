/** "Another answer", the button below answers that a profile chose, in German. */
import type { ANOTHER as ENGLISH } from "../en/another.js";
import type { Translated } from "../translated.js";

export const ANOTHER: Translated<typeof ENGLISH> = {
  show: "Andere Antwort",
  thisOne: "Diese hier",
  firstOne: "Die erste",
  notYours:
    "Diese Antwort ist für jemand anderen. Frag mich selbst, dann schreibe ich dir eine eigene.",
  notLearning:
    "„Andere Antwort“ gehört zu deinem Profil, und im Moment darf ich nichts über dich lernen. Das änderst du mit `/profil starten`.",
  notCounted:
    "Die Antwort bleibt so, wie du gewählt hast. Gezählt wurde das nicht: Im Moment darf ich nichts über dich lernen. Das änderst du mit `/profil starten`.",
  enoughToday:
    "Die Antwort bleibt so, wie du gewählt hast. Gezählt wurde das nicht: Aus diesem Button habe ich für heute genug gelernt.",
  over: "Diese beiden Antworten lassen sich nicht mehr vergleichen: Was du siehst, bleibt stehen.",
  tooOld: "Ich finde deine Frage zu dieser Antwort nicht mehr. Bitte frag mich noch einmal.",
  same: "Ich habe noch eine Antwort geschrieben, und es kam die gleiche heraus. Bitte sag mir, was anders sein soll.",
};
