/** Questions about two answers, in Spanish. */
import type { BALLOTS as ENGLISH } from "../en/ballots.js";
import type { Translated } from "../translated.js";

export const BALLOTS: Translated<typeof ENGLISH> = {
  question:
    "¿Qué respuesta te gusta más? {a} o {b}, {tie} igual de buenas, {neither} ninguna de las dos.",
  a: "A",
  b: "B",
  tie: "Igual",
  neither: "Ninguna",
  textsGone: "Tu voto queda retirado. Las dos respuestas ya no están guardadas.",
  notYours: "Esta pregunta es para otra persona.",
  closed: "Esta pregunta está cerrada: se borró, o se hizo hace demasiado tiempo.",
  elsewhere: "Esta pregunta se hizo en otro lugar, y solo se puede responder allí.",
  changedSince: "Ese ya no es tu voto: lo has cambiado o retirado desde entonces.",
  takenBack: "Tu voto queda retirado; la pregunta está abierta de nuevo.",
  stored: "Gracias, tu voto está guardado: **{choice}**.",
  already: "Ese ya es tu voto: **{choice}**.",
  takeBack: "Retirarlo",
  otherStands: "**{choice}** queda retirado; tu voto es **{vote}**.",
};
