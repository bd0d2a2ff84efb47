/** `/status`: how the bot is doing, in German. */
import type { STATUS as ENGLISH } from "../en/status.js";
import type { Translated } from "../translated.js";

export const STATUS: Translated<typeof ENGLISH> = {
  members: "**Mitglieder mit einem Profil hier**: {members}",
  votes: "**Stimmen am Tag**, die letzten {days}: {votes}",
  languageModel: "**Sprachmodell**: {model}",
  baseRewards:
    "**Bewertungen**: Version {version}, {figures}; {versions, plural, one {# gelernte Version ist} other {# gelernte Versionen sind}} gespeichert",
  byHand: "von Hand gemacht, ohne Zahlen zu zurückgehaltenen Stimmen",
  exact: "{share} von {votes} zurückgehaltenen Stimmen richtig vorhergesagt",
  rounded: "etwa {share} der zurückgehaltenen Stimmen richtig vorhergesagt",
  heldOutTooFew: "zu wenige zurückgehaltene Personen für eine Zahl",
  agree:
    "**Geschmack**: Die Mitglieder sind sich einig, deshalb bekommen alle die Antwort, die den meisten gefällt, und niemand wird gefragt",
  differALittle:
    "**Geschmack**: Die Mitglieder unterscheiden sich ein wenig, deshalb bewegen ihre eigenen Stimmen die Antworten nur ein wenig",
  differSomewhat:
    "**Geschmack**: Die Mitglieder unterscheiden sich etwas, deshalb bewegen ihre eigenen Stimmen die Antworten weniger, als sie könnten",
  differ:
    "**Geschmack**: Die Mitglieder unterscheiden sich, deshalb zählen ihre eigenen Stimmen voll",
  training: "**Training**: {state, select, running {läuft gerade} other {läuft nicht}}",
  trainingLast:
    "**Training**: {state, select, running {läuft gerade} other {läuft nicht}}; zuletzt: {backend}",
  shards: "**Shards**: {shards} von {count}, alle verbunden",
  shardsLost: "**Shards**: {shards} von {count}; im Augenblick nicht verbunden: {lost}",
  queue: "**Warteschlange**: {calls, plural, one {# Aufruf} other {# Aufrufe}} in Arbeit",
  doses: "**Was eine Stufe einer Anweisung bewegt** (Standardabweichungen): {doses}",
  noDoses: "noch ist nichts bekannt",
  dose: "{axis} {slope} ± {error} ({answers} Antworten)",
  unmovedDose:
    "{axis} {slope} ± {error} ({answers} Antworten; bewegt sich nicht, wird also nicht verlangt)",
  cost: "**Kosten bisher**: {cost}",
  tokens: "{requests} Anfragen, {input} Token hin, {output} zurück",
  tokensEmbedded:
    "{requests} Anfragen, {input} Token hin, {output} zurück, {embedding} für Embeddings",
  noPrices: "{tokens} (keine Preise eingestellt)",
  priced: "{cost} ({tokens})",
  update: "**Neue Version**: {version} ist da: <{page}>",
  used: "**Heute verbraucht** (UTC): {budgets}",
  noLimits: "keine Grenzen eingestellt",
  messages: "Nachrichten",
  ballots: "Fragen",
  tokensUnit: "Token",
  about: "etwa {tenths} % der {unit} aller Server zusammen",
  ofAllServers: "{used} von {most} {unit} aller Server ({share})",
  ofThisServer: "{used} von {most} {unit} dieses Servers ({share})",
};
