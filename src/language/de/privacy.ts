/** `/datenschutz`: what `../en/privacy.ts` says, in German. */
import type { PRIVACY as ENGLISH } from "../en/privacy.js";
import type { Translated } from "../translated.js";

export const PRIVACY: Translated<typeof ENGLISH> = {
  stored:
    "**Was ich über dich speichere**, und nur, nachdem du Ja gesagt hast (`/profil einwilligung`):",
  votes:
    "• welche von zwei _meiner_ Antworten dir besser gefallen hat, als Zahlen über die Antworten, und das Profil, das daraus folgt: um unter meinen Antworten an dich auszuwählen und um dem Sprachmodell zu sagen, wie du sie magst. Bis du es löschst.",
  answersWhileOpen:
    "• die beiden Antworten einer Frage, damit du deine Stimme ändern kannst: solange die Frage offen ist, höchstens {days, plural, one {# Tag} other {# Tage}}.",
  answersEncrypted:
    "• die beiden Antworten einer Frage, damit du deine Stimme ändern kannst: verschlüsselt, für {days, plural, one {# Tag} other {# Tage}}.",
  reasons:
    "• welche Skalen bei jeder Antwort den Ausschlag gegeben haben und worum ich das Sprachmodell gebeten habe, für „Warum diese Antwort?“: für {days, plural, one {# Tag} other {# Tage}}.",
  allowed:
    "• was du erlaubst, in welcher Sprache du Discord benutzt, und wie viele Fragen ich dir heute gestellt habe.",
  use: "Auch ohne dein Ja: wie viel du, der Kanal und der Server heute verbraucht habt, unter einer unkenntlich gemachten Form der ID; drei Tage lang.",
  notStored:
    "**Was ich nicht speichere**: was du schreibst, deinen Namen, deine Anhänge. Ich lese eine Nachricht nur, um sie zu beantworten, und vergesse sie eine Stunde nach unserem Gespräch.",
  seenBy: "**Wer deine Nachrichten sonst noch sieht**: {service}",
  nobody:
    "Niemand. Es ist kein Sprachmodell eingerichtet; meine Antworten kommen aus einer fertigen Sammlung.",
  service:
    "Das Sprachmodell `{model}` bei `{host}` bekommt die Nachricht, auf die ich antworte, mit ihren Bildern, Textdateien und ihrer Sprachnachricht, und was davor im selben Gespräch gesagt wurde, ohne deinen Namen und deine ID. Wenn du es erlaubt hast, gehen ein paar Wörter dazu mit, wie du Antworten magst, etwa „Write about 60 words.“ (schreib etwa 60 Wörter), ebenfalls ohne deine ID; `/profil ansehen` zeigt den genauen Wortlaut, `/profil anpassen` schaltet sie aus.",
  secondService: "Antwortet das nicht, bekommt stattdessen `{model}` bei `{host}` dasselbe.",
  training:
    "**Training**: Für andere verwende ich deine Stimmen nur nach einem zweiten Ja, ohne deine ID und zusammengefasst mit den Stimmen von mindestens vier anderen Mitgliedern. {age}Mit deinen Nachrichten wird nie etwas trainiert.",
  accountAge:
    "Stimmen von Konten, die jünger als {days, plural, one {# Tag} other {# Tage}} sind, warten, bis das Konto alt genug ist. ",
  deletion:
    "**Löschen**: `/profil löschen` löscht sofort, auf diesem Server oder überall; das geht auch in Direktnachrichten. Wenn ich von einem Server entfernt werde, lösche ich seine Daten nach {days, plural, one {# Tag} other {# Tagen}}. `/profil exportieren` gibt dir alles als Datei.",
  questions: "Probleme und Fragen: `/melden`, oder die Admins dieses Servers.",
};
