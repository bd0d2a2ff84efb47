/** What a command, a button or a form is answered when it can't do its work, in German. */
import type { INTERACTIONS as ENGLISH } from "../en/interactions.js";
import type { Translated } from "../translated.js";

export const INTERACTIONS: Translated<typeof ENGLISH> = {
  notAllowed:
    "Discord lässt mich das hier nicht tun. Es kann an meinen Rechten in diesem Kanal liegen oder an den Regeln für Nachrichten (AutoMod): Ein Admin kann nachsehen.",
  notSaved:
    "Ich kann gerade nichts speichern, deshalb wurde das nicht gespeichert. Bitte versuch es in ein paar Minuten noch einmal.",
  unknown:
    "Ich kenne diesen Button oder Befehl nicht, oder er ist veraltet. Bitte ruf den Befehl noch einmal auf.",
  serversOnly: "Das geht nur auf einem Server, nicht in Direktnachrichten.",
  notOnServer: "Ich bin nicht auf diesem Server, also kann ich hier nichts ändern.",
  managersOnly:
    "Das ist für alle, die diesen Server verwalten dürfen: Es braucht das Recht „Server verwalten“.",
  ownersOnly:
    "Das wirkt auf jeden Server, auf dem ich bin, und steht deshalb denen zu, die mich betreiben: dem Besitzer oder dem Team der Anwendung.",
};
