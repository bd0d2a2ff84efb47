/** `/neu-trainieren`: a training of the base rewards and its report, in German. */
import type { TRAINING as ENGLISH } from "../en/training.js";
import type { Translated } from "../translated.js";

export const TRAINING: Translated<typeof ENGLISH> = {
  progress: "Training: {bar} {percent} ({stage})",
  readingVotes: "die Stimmen werden gelesen",
  choosingSettings: "die Einstellungen werden gewählt",
  hiddenLayer: "eine verborgene Schicht wird probiert",
  onEverybody: "mit allen wird trainiert",
  comparing: "die jetzigen Bewertungen werden verglichen",
  done: "fertig",
  naming: "die Bewertungen bekommen Namen",
  refitting: "die Profile werden angepasst",
  adoptedAverage:
    "Die neuen Bewertungen wurden für das übernommen, was alle mögen: Bei {people} zurückgehaltenen Personen macht allein der durchschnittliche Geschmack ihre Log-Likelihood pro Stimme um {mean} besser (90-%-Intervall {low} bis {high}), der eigene Geschmack nicht.",
  adopted:
    "Die neuen Bewertungen wurden übernommen: Bei {people} zurückgehaltenen Personen ist ihre Log-Likelihood pro Stimme um {mean} besser (90-%-Intervall {low} bis {high}).",
  guessing:
    "Die neuen Bewertungen wurden nicht übernommen: Bei {people} zurückgehaltenen Personen sagen sie nicht besser voraus als Raten; die Stimmen bisher zeigen also keinen Geschmack, den Mitglieder teilen.",
  tooLittle:
    "Die neuen Bewertungen wurden nicht übernommen: Bei {people} zurückgehaltenen Personen ist ihre Log-Likelihood pro Stimme nur um {mean} besser (90-%-Intervall {low} bis {high}); das ist zu wenig, um sie auszutauschen.",
  chance:
    "Die neuen Bewertungen wurden nicht übernommen: Bei {people} zurückgehaltenen Personen ist ihre Log-Likelihood pro Stimme nur um {mean} besser (90-%-Intervall {low} bis {high}); das kann Zufall sein.",
  differs:
    "Die neuen Bewertungen wurden nicht übernommen: Bei {people} zurückgehaltenen Personen unterscheidet sich ihre Log-Likelihood pro Stimme von der jetzigen um {mean} (90-%-Intervall {low} bis {high}).",
  tooFew:
    "Die neuen Bewertungen wurden nicht übernommen: Es {people, plural, one {konnte # Person} other {konnten # Personen}} zurückgehalten werden, und weniger als {minimum} zeigen nicht, ob sie besser sind.",
  answerNow:
    "Sie antworten ab jetzt, als Version {version}; {refits}. So machst du es rückgängig: {command}",
  stay: "Die jetzigen bleiben.",
  before: "Vorher: {figures}",
  after: "Nachher: {figures}",
  figures:
    "{right} % von {votes} zurückgehaltenen Stimmen richtig vorhergesagt, Log-Likelihood {likelihood} pro Stimme",
  learned:
    "Gelernt aus {votes} Stimmen von {members} Mitgliedern in {seconds} s: {rank} Bewertungen, die wichtigsten zuerst.",
  leftOut:
    "Ausgelassen: {members} davon, weil sie wie eine Person abstimmen. Ihre eigenen Stimmen wählen weiterhin ihre Antworten aus.",
  allRefitted: "jedes Profil ist angepasst",
  refitsLeft:
    "{profiles, plural, one {# Profil wird noch angepasst, spätestens wenn es wieder gebraucht wird} other {# Profile werden noch angepasst, spätestens wenn sie wieder gebraucht werden}}",
  moreAxes: "• und {more} weitere",
  tooSoon: "Es wurde gerade erst von Hand trainiert; das nächste Mal geht es {when}.",
  inProgress: "Es läuft schon ein Training; versuch es noch einmal, wenn es fertig ist.",
  noTrainer:
    "Kein Prozess übernimmt das Training; jemand muss einen mit ROLE=trainer starten. Es wird nachgeholt, sobald es einen gibt.",
  takenOver:
    "Ein anderer Prozess hat das Training übernommen; was hier dabei herauskam, wird nicht verwendet.",
  tooFewMembers:
    "Ein Training braucht mindestens zwei Stimmen von mindestens {minimum} Mitgliedern, die dem gemeinsamen Training zugestimmt haben; bisher {members, plural, one {ist es #} other {sind es #}}. Bis dahin antworten bei allen die jetzigen Bewertungen.",
  changedMeanwhile:
    "Die Bewertungen wurden geändert, während das Training lief, deshalb wurde sein Ergebnis beiseitegelegt. Starte es noch einmal, um es mit denen zu vergleichen, die jetzt antworten.",
  votesTakenBack:
    "Mitglieder haben ihre Stimmen zurückgenommen, während das Training lief; was dabei herauskam, wird nicht verwendet, und die jetzigen Bewertungen bleiben. Versuch es später noch einmal.",
  notEnoughVotes:
    "Das Training braucht mehr Stimmen von mehr Mitgliedern, als es bisher gibt. Bis dahin bleiben die jetzigen Bewertungen.",
  tooFewHeldOut:
    "Ob neue Bewertungen besser sind, zeigt sich an Personen, mit denen sie nicht trainiert wurden, und davon gibt es bisher zu wenige. Bis dahin bleiben die jetzigen Bewertungen.",
  notRunning: "Es läuft kein Training.",
  stored:
    "Version {version} antwortet; {versions, plural, one {# trainierte Version ist} other {# trainierte Versionen sind}} gespeichert.",
  noneYet: "Seit dem Start gab es kein Training.",
  last: "Das letzte Training:\n{report}",
  version: "{when}, {right} % der zurückgehaltenen Stimmen ({version})",
  now: "Jetzt: {version}",
  starter: "starter: sieben Skalen, von Hand gemacht",
  whichVersion: "Welche Version der Bewertungen soll antworten, auf jedem Server dieses Bots?",
  restored:
    "Version {version} antwortet ab jetzt. Jedes Profil wird an sie angepasst, wenn es das nächste Mal gebraucht wird.",
  notRestorable:
    "Diese Version kann hier nicht antworten: Sie ist nicht mehr gespeichert oder wurde anderswo trainiert. `/neu-trainieren zurückholen` zeigt die, die es können.",
};
