/** What `../en/doctor.ts` says, in German. */
import type { DOCTOR as ENGLISH } from "../en/doctor.js";
import type { Translated } from "../translated.js";

export const DOCTOR: Translated<typeof ENGLISH> = {
  server: "Server {name}",
  viewChannel: "Kanal ansehen",
  sendMessages: "Nachrichten senden",
  sendMessagesInThreads: "Nachrichten in Threads senden",
  readMessageHistory: "Nachrichtenverlauf anzeigen",
  embedLinks: "Links einbetten",
  addReactions: "Reaktionen hinzufügen",
  noTextChannel: "der Bot kann in keinem Kanal sprechen: es gibt keinen Textkanal.",
  speaksNowhere: "der Bot kann in keinem Kanal sprechen: in #{channel} fehlt {missing}.",
  allowThem:
    "öffne in Discord die Einstellungen des Kanals, dort Berechtigungen, und erlaub sie der Rolle des Bots.",
  lacksInSome: "der Bot sieht Kanäle, in denen er nicht alles darf, was er braucht: {channels}.",
  lacks: "in #{channel} fehlt {missing}",
  andMore: "und {count, number} weitere",
  orName: "Oder wähl die gemeinten Kanäle mit /einstellungen kanäle.",
  speaksIn: "der Bot kann in {count, number} von {total, number} Textkanälen sprechen.",
  channelGone: "/einstellungen nennt den Kanal {id}, den es nicht mehr gibt.",
  chooseAgain: "wähl die Kanäle neu mit /einstellungen kanäle.",
  mayAllIn: "der Bot darf in #{channel} alles, was er braucht.",
  lacksIn: "in #{channel} fehlt dem Bot {missing}.",
};
