/** What is said below a message in place of an answer, or beside one, in German. */
import type { MESSAGES as ENGLISH } from "../en/messages.js";
import type { Translated } from "../translated.js";

export const MESSAGES: Translated<typeof ENGLISH> = {
  failed:
    "Bei mir ist etwas schiefgegangen, tut mir leid. Bitte versuch es in einer Minute noch einmal.",
  working: "Ich arbeite noch an deiner Antwort …",
  restarted:
    "Ich wurde neu gestartet, bevor meine Antwort fertig war, tut mir leid. Bitte frag mich noch einmal.",
  restartedWithin:
    "Ich wurde neu gestartet, bevor meine Antwort fertig war. Bitte frag mich noch einmal nach dem Rest.",
  restarting: "Ich werde gerade neu gestartet. Bitte versuch es in einer Minute noch einmal.",
  cut: "Der Rest meiner Antwort ließ sich nicht senden, tut mir leid. Bitte frag mich in einer Minute noch einmal danach.",
  cutByRules:
    "Der Rest meiner Antwort wurde von den Regeln aufgehalten, die dieser Server oder Discord für Nachrichten hat (AutoMod).",
  unwanted:
    "Meine Antwort wurde von den Regeln aufgehalten, die dieser Server oder Discord für Nachrichten hat (AutoMod). Bitte frag mit anderen Worten.",
  demonstration:
    "-# Vorführung: Es ist kein Sprachmodell eingerichtet, deshalb ist das die Antwort auf die ähnlichste Frage der mitgelieferten Sammlung, „{prompt}“",
  nothingSaid: "Hi! Schreib deine Frage neben die Erwähnung, dann beantworte ich sie.",
  nothingSaidDirectly: "Hi! Schreib mir deine Frage, dann beantworte ich sie.",
  replyUnreadable:
    "Ich kann nur Antworten lesen, die mich erwähnen: Lass das @ neben der Antwort eingeschaltet, oder erwähne mich mit Namen.",
  answersUnread:
    "Ich kann die Nachricht nicht lesen, auf die du antwortest. Kopier ihren Text neben die Erwähnung, zusammen mit deiner Frage, dann antworte ich.",
  mentionedRole:
    "Du hast meine Rolle erwähnt, und was neben einer Rolle steht, kann ich nicht lesen. Erwähne stattdessen <@{bot}>, dann antworte ich.",
};
