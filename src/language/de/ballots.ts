/** Questions about two answers, in German. */
import type { BALLOTS as ENGLISH } from "../en/ballots.js";
import type { Translated } from "../translated.js";

export const BALLOTS: Translated<typeof ENGLISH> = {
  question:
    "Welche Antwort gefällt dir besser? {a} oder {b}, {tie} beide gleich, {neither} keine von beiden.",
  a: "A",
  b: "B",
  tie: "Gleich gut",
  neither: "Keine",
  textsGone: "Deine Stimme ist zurückgenommen. Die beiden Antworten sind nicht mehr gespeichert.",
  notYours: "Diese Frage ist für jemand anderen.",
  closed: "Diese Frage ist geschlossen: Sie wurde gelöscht, oder sie ist zu lange her.",
  elsewhere:
    "Diese Frage wurde an einem anderen Ort gestellt und kann nur dort beantwortet werden.",
  changedSince:
    "Das ist nicht mehr deine Stimme: Du hast sie seitdem geändert oder zurückgenommen.",
  takenBack: "Deine Stimme ist zurückgenommen; die Frage ist wieder offen.",
  stored: "Danke, deine Stimme ist gespeichert: **{choice}**.",
  already: "Das ist schon deine Stimme: **{choice}**.",
  takeBack: "Zurücknehmen",
  otherStands: "**{choice}** ist zurückgenommen; deine Stimme ist **{vote}**.",
};
