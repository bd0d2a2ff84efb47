/** The questions of consent, and the reply to each answer, in German. */
import type { CONSENT as ENGLISH } from "../en/consent.js";
import type { Translated } from "../translated.js";

export const CONSENT: Translated<typeof ENGLISH> = {
  question:
    "**Darf ich lernen, welche Antworten du magst?**\nWenn du Ja sagst, zeige ich dir manchmal zwei Antworten und merke mir, welche dir besser gefallen hat, als Zahlen über _meine_ beiden Antworten. Daraus lerne ich, ob du Antworten kurz oder lang magst, locker oder förmlich, und so weiter. Ich verwende das hier für zwei Dinge: um unter meinen Antworten an dich auszuwählen und um dem Sprachmodell zu sagen, wie du sie magst.\nDazu schicke ich mit deinen Nachrichten ein paar schlichte Wörter an den Anbieter des Sprachmodells, etwa „Write about 60 words.“ (schreib etwa 60 Wörter), ohne deinen Namen und deine ID. `/profil ansehen` zeigt den genauen Wortlaut, und du kannst alles davon einzeln ausschalten.\nWas du schreibst, speichere ich nicht, und ich lerne nicht daraus. Mit `/profil` kannst du jederzeit alles ansehen, ändern und löschen.\nWenn du Nein sagst, bleibe ich ein einfacher Chatbot und frage nicht noch einmal.",
  yes: "Ja, lern, was ich mag",
  no: "Nein, danke",
  renewedQuestion:
    "**Noch eine Frage, zu etwas Neuem.**\nDu hast mir erlaubt zu lernen, welche Antworten du magst, und danach unter meinen auszuwählen. Ich kann auch dem Sprachmodell sagen, wie du sie magst: Dann gehen ein paar schlichte Wörter, etwa „Write about 60 words.“ (schreib etwa 60 Wörter), mit deinen Nachrichten an seinen Anbieter, ohne deinen Namen und deine ID. `/profil ansehen` zeigt den genauen Wortlaut, und alles davon lässt sich einzeln ausschalten.\nWenn du Nein sagst, bleibt alles, wie es war, und ich frage nicht noch einmal.",
  steerYes: "Ja, sag ihm, wie ich Antworten mag",
  pooledQuestion:
    "Danke! Noch eine Frage, getrennt von der ersten; die Antwort ist Nein, solange du nicht Ja sagst.\n**Darf ich deine Stimmen auch dafür verwenden herauszufinden, was die Leute in ihrem Geschmack gemeinsam haben?** Ich würde sie mit den Stimmen von mindestens vier anderen Mitgliedern zusammenfassen, ohne Namen und IDs, um die Skalen zu lernen, mit denen ich den Geschmack von allen beschreibe.",
  poolYes: "Ja, nimm meine Stimmen dazu",
  poolNo: "Nein, nur für mich",
  onlyForMe: "Meine Stimmen nur für mich verwenden",
  stop: "Nicht mehr lernen",
  calibrationOffer: "Jetzt zehn schnelle Fragen",
  granted: "Danke! Mit `/profil` kannst du es dir jederzeit anders überlegen.",
  refused:
    "Alles klar: Ich lerne deinen Geschmack nicht und frage nicht noch einmal. Wenn du es dir anders überlegst, nimm `/profil starten`. Was ich vorher gelernt habe, löschst du mit `/profil löschen`.",
  steered: "Danke! `/profil ansehen` zeigt, was ich sage; `/profil anpassen` ändert es.",
  notSteered:
    "Alles klar, das Sprachmodell erfährt nichts über deinen Geschmack. Mit `/profil einwilligung` kannst du es dir anders überlegen.",
  pooled: "Danke! Ab dem nächsten Training helfen deine Stimmen allen.",
  notPooled: "Ich verwende deine Stimmen nur für dein eigenes Profil.",
  outdated:
    "Diese Frage ist überholt, deshalb habe ich nichts geändert. `/profil einwilligung` zeigt, was du jetzt erlaubst.",
  forSomebodyElse: "Diese Frage ist für jemand anderen. Für deine eigene nimm `/profil starten`.",
  standsPaused: "Dein Profil ist **pausiert**: Ich benutze es nicht und lerne nichts Neues.",
  standsLearning: "Ich darf aus deinen Stimmen zu meinen Antworten **deinen Geschmack lernen**.",
  standsSteered:
    "Ich darf **dem Sprachmodell sagen**, wie du seine Antworten magst, in ein paar Wörtern ohne deinen Namen und deine ID.",
  standsNotSteered: "Ich sage dem Sprachmodell **nichts** über deinen Geschmack.",
  standsPooled: "Deine Stimmen dürfen auch **allen helfen**, ohne deinen Namen und deine ID.",
  standsNotPooled: "Ich verwende deine Stimmen **nur für dich**.",
  standsUntilDeleted:
    "Wenn ich nicht mehr lernen soll, behalte ich das Gelernte, bis du `/profil löschen` verwendest.",
  mayNotLearn: "Ich darf gerade nichts über dich lernen; `/profil starten` ändert das.",
};
