/** Why there is no answer, in German. */
import type { FAILURES as ENGLISH } from "../en/failures.js";
import type { Translated } from "../translated.js";

export const FAILURES: Translated<typeof ENGLISH> = {
  timeout:
    "Das Sprachmodell hat diesmal zu lange gebraucht: Bitte versuch es noch einmal, vielleicht mit einer kürzeren Frage.",
  timeoutUntil:
    "Das Sprachmodell hat diesmal zu lange gebraucht: Bitte versuch es {when} noch einmal.",
  rateLimited:
    "Das sind gerade zu viele Fragen für das Sprachmodell: Bitte versuch es in ein paar Minuten noch einmal.",
  rateLimitedUntil:
    "Das sind gerade zu viele Fragen für das Sprachmodell: Bitte versuch es {when} noch einmal.",
  quota:
    "Das Budget des Sprachmodells ist vorerst aufgebraucht: Bitte sag einem Admin dieses Servers Bescheid.",
  badKey:
    "Das Sprachmodell nimmt meinen Schlüssel nicht an: Bitte sag einem Admin dieses Servers Bescheid.",
  noAccess:
    "Das Sprachmodell ist für mich gesperrt: Bitte sag einem Admin dieses Servers Bescheid.",
  badAddress:
    "Das Sprachmodell ist nicht da, wo ich es suche: Bitte sag einem Admin dieses Servers Bescheid.",
  unknownModel:
    "Das Sprachmodell, für das ich eingerichtet bin, gibt es nicht: Bitte sag einem Admin dieses Servers Bescheid.",
  forbidden: "Das Sprachmodell lässt mich das nicht beantworten: Bitte drück es anders aus.",
  filtered: "Das Sprachmodell wollte das nicht beantworten: Bitte drück es anders aus.",
  refused: "Das Sprachmodell kann mit dieser Nachricht nichts anfangen: Bitte drück es anders aus.",
  tooLong: "Das ist zu lang für das Sprachmodell: Bitte fang mit einer kürzeren Frage neu an.",
  tooLarge: "Die Antwort des Sprachmodells war viel zu lang: Bitte frag nach etwas Kürzerem.",
  empty: "Das Sprachmodell hatte nichts zu sagen: Bitte versuch es noch einmal.",
  abandoned:
    "Ich musste aufhören, bevor ich antworten konnte: Bitte versuch es in ein paar Minuten noch einmal.",
  notInDeck:
    "Ich habe hier kein Sprachmodell, und in meiner Sammlung ist nichts Ähnliches: Bitte frag mich etwas, worauf ich eine Antwort habe.",
  quoted: "„{prompt}“",
  forExample: "Zum Beispiel: {offers}.",
  limit: "Das ist im Moment zu viel: Bitte versuch es in ein paar Minuten noch einmal.",
  unavailable:
    "Ich erreiche das Sprachmodell gerade nicht: Bitte versuch es in ein paar Minuten noch einmal.",
  unavailableUntil:
    "Ich erreiche das Sprachmodell gerade nicht: Bitte versuch es {when} noch einmal.",
  queue: "Gerade warten zu viele Leute auf eine Antwort: Bitte versuch es {when} noch einmal.",
  messagesPerMinute:
    "{scope, select, personal {Meine Nachrichten außerhalb von Servern} member {Deine Nachrichten} channel {Die Nachrichten dieses Kanals} server {Die Nachrichten dieses Servers} other {Meine Nachrichten}} für diese Minute sind aufgebraucht: Bitte versuch es {when} noch einmal.",
  messagesPerDay:
    "{scope, select, personal {Meine Nachrichten außerhalb von Servern} member {Deine Nachrichten} channel {Die Nachrichten dieses Kanals} server {Die Nachrichten dieses Servers} other {Meine Nachrichten}} für heute sind aufgebraucht: Bitte versuch es {when} noch einmal.",
  tokensPerDay:
    "{scope, select, personal {Mein Budget außerhalb von Servern} member {Dein Budget} channel {Das Budget dieses Kanals} server {Das Budget dieses Servers} other {Mein Budget}} für heute ist aufgebraucht: Bitte versuch es {when} noch einmal.",
  unseen:
    "Leider kann ich mir {kinds} nicht ansehen. Sag mir in Worten, was du wissen möchtest, und ich antworte.",
  pictures: "Bilder",
  videos: "Videos",
  recordings: "Aufnahmen",
  voiceMessages: "Sprachnachrichten",
  polls: "Umfragen",
  forwardedMessages: "weitergeleitete Nachrichten wie diese",
  files: "Dateien",
};
