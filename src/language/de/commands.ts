/** What the smaller commands answer, in German. */
import type { COMMANDS as ENGLISH } from "../en/commands.js";
import type { Translated } from "../translated.js";

export const COMMANDS: Translated<typeof ENGLISH> = {
  onlyYourOwn: "Das mache ich nur für deine eigenen Nachrichten und für meine Antworten darauf.",
  messageUnreadable:
    "Ich kann diese Nachricht nicht mehr lesen. Bitte frag noch einmal, mit `!plain` vor deiner Frage.",
  notChosen:
    "Diese Nachricht hat nicht dein Profil ausgewählt: Sie ist eine schlichte Antwort, eine, die du selbst gewählt hast, eine für jemand anderen, oder zu alt.",
  runnerUpGone: "Die zweitbeste Antwort ist nicht mehr gespeichert.",
  showRunnerUp: "Zweitbeste Antwort zeigen",
  noReportChannel:
    "Auf diesem Server ist kein Kanal für Meldungen eingerichtet. Bitte sprich einen Admin direkt an; `/einstellungen meldungen` richtet einen ein.",
  reportSent: "Danke, deine Meldung ist bei den Admins. Ich behalte keine Kopie.",
  reportUnsent:
    "Ich konnte nicht in den Kanal für Meldungen schreiben. Bitte sprich einen Admin direkt an.",
  reportTooSoon:
    "Du oder andere auf diesem Server haben gerade erst etwas gemeldet: Bitte versuch es {when} noch einmal.",
  reportQuestion: "Was ist schiefgegangen?",
  reportTitle: "Ein Problem melden",
  report: "Eine Meldung",
  reportFrom: "Von {name} ({id})",
  reportAbout: "Es geht um",
};
