/** `/einstellungen`: what the admin of a server chooses, in German. */
import type { SETTINGS as ENGLISH } from "../en/settings.js";
import type { Translated } from "../translated.js";

export const SETTINGS: Translated<typeof ENGLISH> = {
  channels: "**Kanäle**, in denen ich sprechen darf: {channels}",
  everywhere: "überall",
  questions: "**Fragen** an ein Mitglied pro Tag, höchstens: {questions}",
  defaultQuestions: "{questions} (die Voreinstellung)",
  poolingAllowed:
    "**Gemeinsames Training** mit Stimmen von hier: erlaubt, für Mitglieder, die Ja sagen",
  poolingNotAllowed: "**Gemeinsames Training** mit Stimmen von hier: nicht erlaubt",
  reports: "**Ziel für Meldungen**: {channel}",
  nowhere: "keines",
  language: "**Sprache** für Mitglieder, deren eigene ich nicht spreche: {language}",
  serverLanguage: "die dieses Servers bei Discord",
  foreignChannel: "Bitte wähl Kanäle dieses Servers, die ich sehen kann. Es wurde nichts geändert.",
  closedChannel:
    "Dort kann ich nicht schreiben: Ich brauche darin „Kanal ansehen“, „Nachrichten senden“ und „Links einbetten“. Es wurde nichts geändert.",
  badCount: "Bitte gib eine ganze Zahl von 0 bis {most} an. Es wurde nichts geändert.",
  badLanguage: "Diese Sprache spreche ich nicht. Es wurde nichts geändert.",
  everywhereButton: "Überall",
  whereMayISpeak: "Wo darf ich sprechen? Threads gehören zu ihrem Kanal.",
};
