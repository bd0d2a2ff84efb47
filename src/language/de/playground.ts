/** The playground in a terminal, in German. */
import type { PLAYGROUND as ENGLISH } from "../en/playground.js";
import type { Translated } from "../translated.js";

export const PLAYGROUND: Translated<typeof ENGLISH> = {
  you: "du",
  greeting:
    "Attunes Spielwiese. Schreib eine Nachricht; wenn zwei Antworten kommen, drück\na, b, t (gleich gut), n (keine) oder s (überspringen).",
  demonstration:
    "Vorführung: Es ist kein Sprachmodell eingerichtet (OPENAI_API_KEY oder\nOPENAI_BASE_URL), deshalb kommen die Antworten aus der mitgelieferten Sammlung.\nSie kennt gut sechzig Alltagsfragen und bietet drei an, wenn nichts ähnlich ist.",
  commands: "Befehle:",
  help: "alle anderen Befehle",
  quit: "beenden",
  plain: "!plain vor einer Nachricht bittet um eine schlichte Antwort.",
  calibrate: "zehn schnelle Fragen",
  profile: "was es über dich gelernt hat",
  reset: "löscht deine Gewichte und Stimmen",
  picture: "das Profil als Bild, {file} in diesem Ordner",
  told: "was das Sprachmodell über deinen Geschmack erfahren darf",
  undo: "nimmt deine letzte Stimme zurück",
  pause: "schlichte Antworten, nichts wird gelernt",
  start: "lässt es lernen, auch nach einer Pause",
  export: "zeigt alles, was über dich gespeichert ist",
  delete: "löscht alles, was über dich gespeichert ist",
  retrain: "lernt die gemeinsamen Bewertungen aus allen Stimmen",
  nearest: "(ähnlichste Frage der Sammlung: „{prompt}“)",
  nothingNear: "In der Sammlung ist nichts Ähnliches. Sie hat Antworten auf",
  offerKeys: "{keys} (das fragen), n (nichts): ",
  ballotKeys: "a, b, t (gleich gut), n (keine), s (überspringen): ",
  calibrationKeys: "a, b, t (gleich gut), n (keine), s (überspringen), q (aufhören): ",
  question: "{bar} {number} von {total}. Jemand fragt: „{prompt}“",
  sureReset: "Deine Gewichte und Stimmen löschen? (y = ja, n = nein) ",
  resetDone: "Gelöscht: deine Gewichte und {votes, plural, one {# Stimme} other {# Stimmen}}.",
  sureDelete: "Alles löschen, was über dich gespeichert ist? (y = ja, n = nein) ",
  deleted: "Gelöscht: dein Profil, {votes} Stimmen und alles andere.",
  written: "In {file} geschrieben.",
  undone: "Deine letzte Stimme ist zurückgenommen.",
  paused: "Schlichte Antworten, und nichts wird gelernt, bis /start.",
  neighbours: "Hier stimmen jetzt auch {members} simulierte Mitglieder über die Sammlung ab ...",
  hearsNothing: "Das Sprachmodell erfährt nichts über deinen Geschmack; /start ändert das.",
  on: "an",
  off: "aus",
  toldKeys: "1 bis 6 schaltet eines um, q ist fertig: ",
};
