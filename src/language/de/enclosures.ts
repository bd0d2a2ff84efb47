/** What `../en/enclosures.ts` says, in German. */
import type { ENCLOSURES as ENGLISH } from "../en/enclosures.js";
import type { Translated } from "../translated.js";

export const ENCLOSURES: Translated<typeof ENGLISH> = {
  blind:
    "Ich kann keine Bilder sehen: Mein Sprachmodell liest nur Text. Sag mir in Worten, worauf es bei deinem ankommt, und ich antworte.",
  deaf: "Ich kann keine Sprachnachrichten anhören. Schreib mir, und ich antworte.",
  unheard:
    "Ich habe deine Sprachnachricht nicht verstanden. Bitte schreib sie auf oder nimm sie noch einmal auf.",
  tooLong:
    "Ich höre mir Sprachnachrichten bis fünf Minuten an. Bitte schick eine kürzere oder schreib sie auf.",
  tooLarge:
    "Was du geschickt hast, ist mir zu groß. Bitte schick mir nur den Teil, auf den es ankommt.",
  tooMany: "Ich sehe mir vier Bilder auf einmal an; die anderen habe ich ausgelassen.",
  format:
    "Ich kann Bilder als PNG, JPEG, WebP und GIF öffnen, und deines ist von anderer Art. Bitte schick es als eines davon.",
  notText:
    "Ich kann nur Dateien lesen, in denen reiner Text steht. Kopier die Wörter, auf die es ankommt, in eine Nachricht, und ich antworte.",
  unreachable:
    "Ich habe von Discord nicht bekommen, was du geschickt hast. Bitte schick es noch einmal.",
  cut: "Deine Datei ist lang: Ich habe nur ihren Anfang gelesen.",
};
