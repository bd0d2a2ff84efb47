/** `/fragen`, and the bot as a member's own app: what `../en/asking.ts` says, in German. */
import type { ASKING as ENGLISH } from "../en/asking.js";
import type { Translated } from "../translated.js";

export const ASKING: Translated<typeof ENGLISH> = {
  closedChannel:
    "Die Admins dieses Servers haben mir diesen Kanal nicht geöffnet. Frag bitte in einem anderen.",
  nothingAsked: "Deine Frage ist leer. Schreib bitte, was du wissen möchtest.",
  threadLost:
    "Ich weiß nicht mehr, worüber wir gesprochen haben: Ich merke es mir eine Stunde lang und nie über einen Neustart hinweg. Frag bitte noch einmal mit `/fragen`.",
  messageLost:
    "Ich habe die Nachricht nicht mehr zur Hand. Wähl in ihrem Menü bitte noch einmal „Dazu etwas fragen“.",
  nothingToRead:
    "In dieser Nachricht kann ich nichts lesen. Kopier ihren Text in deine Frage mit `/fragen`.",
  somebodyElses:
    "Das ist das Gespräch von jemand anderem. Dein eigenes kannst du mit `/fragen` anfangen.",
  ballotClosed: "Diese Frage ist geschlossen: Solche Fragen bleiben eine Viertelstunde offen.",
  whichIsBetter: "Welche Antwort gefällt dir besser?",
  wholeAsFile: "-# Die Antwort ist länger, als ich hier zeigen darf: In der Datei steht sie ganz.",
  notAway: "Wer mich betreibt, hat mich außerhalb der Server, auf denen ich bin, abgeschaltet.",
  membersOnly:
    "Hier antworte ich nur Mitgliedern eines Servers, auf dem ich auch bin. Das hat so festgelegt, wer mich betreibt und meine Antworten bezahlt.",
  notSure:
    "Ich kann gerade nicht herausfinden, ob ich dir hier antworten darf. Versuch es bitte in einer Minute noch einmal.",
  personalPlace:
    "-# „Hier“ heißt: in unseren Direktnachrichten und überall, wohin du mich als deine eigene App mitnimmst.",
  goOn: "Weiter",
  takeBack: "Meine Stimme zurücknehmen",
  aboutTitle: "Zu dieser Nachricht etwas fragen",
  aboutLabel: "Was möchtest du wissen?",
  nextTitle: "Weiter",
  nextLabel: "Deine nächste Nachricht",
};
