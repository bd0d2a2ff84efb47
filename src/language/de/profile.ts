/** The profile in words, and what the subcommands of `/profil` answer, in German. */
import type { PROFILE as ENGLISH } from "../en/profile.js";
import type { Translated } from "../translated.js";

export const PROFILE: Translated<typeof ENGLISH> = {
  goesOn: "Ich verwende dein Profil wieder und lerne aus deinen Stimmen.",
  already: "Ich lerne deinen Geschmack schon; `/profil ansehen` zeigt ihn.",
  paused:
    "Pausiert: schlichte Antworten, keine Fragen, nichts wird gelernt. Dein Profil bleibt, wie es ist, bis du `/profil starten` verwendest.",
  nothingToPause: "Ich lerne nichts über dich, also gibt es nichts zu pausieren.",
  learningOff:
    "-# Ich lerne gerade nichts über dich und antworte dir schlicht. `/profil starten` ändert das.",
  nothingToUndo: "Es gibt nichts zurückzunehmen.",
  undoneChat: "Zurückgenommen: deine letzte Stimme im Chat.",
  undoneDeck: "Zurückgenommen: deine letzte Antwort auf eine der schnellen Fragen.",
  undoneNudge: "Zurückgenommen: dein letzter Wunsch.",
  undoneAnother: "Zurückgenommen: deine Wahl nach „Andere Antwort“.",
  askReset:
    "Das löscht deine Gewichte und alle deine Stimmen hier. Es lässt sich nicht rückgängig machen. Soll ich?",
  resetYes: "Mein Profil löschen",
  resetDone:
    "Erledigt: Deine Gewichte und {votes, plural, one {# Stimme} other {# Stimmen}} sind gelöscht.",
  askDeleteHere:
    "Das löscht alles, was ich hier über dich gespeichert habe: Profil, Stimmen, offene Fragen und was du erlaubt hast. Das nächste Training verwendet es nicht mehr. Es lässt sich nicht rückgängig machen. Soll ich?",
  askDeleteEverywhere:
    "Das löscht alles, was ich an {places, plural, one {einem Ort} other {# Orten}} über dich gespeichert habe: Profil, Stimmen, offene Fragen und was du erlaubt hast. Das nächste Training verwendet es nicht mehr. Es lässt sich nicht rückgängig machen. Soll ich?",
  deleteYes: "Alles löschen",
  keep: "Behalten",
  nothingDeleted: "Es wurde nichts gelöscht.",
  deletedHere:
    "Erledigt: Dein Profil, {votes, plural, one {# Stimme} other {# Stimmen}} und alles andere über dich hier sind gelöscht. Wenn du wieder mit mir sprichst, weiß ich nichts über dich und frage dich vielleicht noch einmal.",
  deletedEverywhere:
    "Erledigt: Dein Profil, {votes, plural, one {# Stimme} other {# Stimmen}} und alles andere über dich sind gelöscht. Wenn du wieder mit mir sprichst, weiß ich nichts über dich und frage dich vielleicht noch einmal.",
  exported:
    "Alles, was ich über dich gespeichert habe. Von deinen Nachrichten ist keine dabei, denn ich speichere keine.",
  exportFile: "Alles, was über dich gespeichert ist",
  nothingToAdjust:
    "Die Mitglieder sind sich bei Antworten bisher einig, deshalb würde ein Wunsch gerade nichts ändern.",
  wishGone:
    "Dieser Wunsch zählt nicht mehr. `/profil rückgängig` nimmt das Letzte zurück, was ich gelernt habe.",
  outdatedAxes:
    "Diese Skalen sind veraltet: Ein Training hat neue gefunden. Bitte ruf den Befehl noch einmal auf.",
  noted: "Notiert.",
  wishTakenBack: "Zurückgenommen.",
  notedMore: "Notiert: lieber **{end}**.",
  adjustIntro:
    "Wovon hättest du gern mehr? Jeder Wunsch zählt wie ein paar Stimmen und lässt sich zurücknehmen.",
  toldNothing: "Das Sprachmodell erfährt nichts über meinen Geschmack",
  mayHear: "Es darf erfahren: {axis}",
  fastOn: "Schnelle Antworten: eine, und gleich",
  fastOff: "Die beste von mehreren Antworten",
  nowFast:
    "Von jetzt an bekommst du eine Antwort, so wie du sie magst, und liest sie, während sie geschrieben wird. Fragen zu Antworten stelle ich solange keine.",
  nowBest:
    "Von jetzt an wähle ich wieder die beste von mehreren Antworten für dich aus und frage bei manchen nach.",
  more: "lieber: {end}",
  wishes: "Ich hätte Antworten gern …",
  mattered: "**Die Stimmen, die am meisten gezählt haben**",
  tie: "• {day}: {first} so gut wie {second}",
  rather: "• {day}: {first} lieber als {second}",
  next: "**Als Nächstes würde ich** zu „{prompt}“ **fragen**: {axes}?",
  pair: "{low} oder {high}",
  agree:
    "Die Mitglieder sind sich einig: Die Stimmen bisher zeigen, dass alle dieselben Antworten mögen. Deshalb bekommen alle die Antwort, die den meisten gefällt, ich stelle keine Fragen, und über deinen eigenen Geschmack behaupte ich nichts.",
  stillStored:
    "{votes, plural, one {Deine Stimme ist noch gespeichert und zählt wieder, wenn die Geschmäcker auseinandergehen.} other {Deine # Stimmen sind noch gespeichert und zählen wieder, wenn die Geschmäcker auseinandergehen.}}",
  wishesStored: "Auch die Wünsche, die du selbst eingestellt hast, sind noch gespeichert.",
  nothingKnown:
    "Ich kenne deinen Geschmack noch nicht: Du hast bisher nicht abgestimmt. Wenn ich dir zwei Antworten zeige, tipp die an, die dir besser gefällt; oder beantworte mit `/profil kalibrieren` zehn schnelle Fragen.",
  notSure:
    "Nach {votes, plural, one {# Stimme} other {# Stimmen}} bin ich mir noch bei nichts sicher.",
  almostCertain:
    "So magst du Antworten: {ends}; fast sicher nach {votes, plural, one {# Stimme} other {# Stimmen}}.",
  fairlySure:
    "So magst du Antworten: {ends}; ziemlich sicher nach {votes, plural, one {# Stimme} other {# Stimmen}}.",
  impression: "Ein erster Eindruck: {ends}.",
  open: "Noch offen: {pairs}.",
  openMore: "Noch offen: {pairs}; und mehr.",
  wishesIncluded:
    "{wishes, plural, one {Darin ist # Wunsch, den du selbst eingestellt hast.} other {Darin sind # Wünsche, die du selbst eingestellt hast.}}",
  picture:
    "Dein Geschmack nach {votes, plural, one {# Stimme} other {# Stimmen}}, ein Balken für jede Skala, von -2,2 bis 2,2. {axes}.",
  pictureTowards:
    "{low} bis {high}: {weight, number, ::.0} plus oder minus {deviation, number, ::.0}, in Richtung {end}",
  pictureOpen:
    "{low} bis {high}: {weight, number, ::.0} plus oder minus {deviation, number, ::.0}, offen",
  bars: "Das Profil nach {votes, plural, one {# Stimme} other {# Stimmen}}:",
  twoAnswers: "Du hast zwischen zwei Antworten gewählt.",
  closeCall:
    "Es war knapp: Nach dem, was ich von deinem Geschmack weiß, waren die besten Antworten etwa gleich gut.",
  why: "Warum ich sie der zweitbesten vorgezogen habe: {reasons}.",
  whyNot: "Was dagegen sprach: {axes}.",
  aLot: "**{axis}** (zählte viel)",
  aLittle: "**{axis}** (zählte ein wenig)",
};
