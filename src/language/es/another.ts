/** "Another answer", the button below answers that a profile chose, in Spanish. */
import type { ANOTHER as ENGLISH } from "../en/another.js";
import type { Translated } from "../translated.js";

export const ANOTHER: Translated<typeof ENGLISH> = {
  show: "Otra respuesta",
  thisOne: "Esta",
  firstOne: "La primera",
  notYours: "Esa respuesta es para otra persona. Pregúntame tú, y escribiré una para ti.",
  notLearning:
    "«Otra respuesta» forma parte de tu perfil, y ahora mismo no puedo aprender de ti. Lo cambias con `/perfil empezar`.",
  notCounted:
    "La respuesta se queda como la elegiste. No se ha contado: ahora mismo no puedo aprender de ti. Lo cambias con `/perfil empezar`.",
  enoughToday:
    "La respuesta se queda como la elegiste. No se ha contado: por hoy ya he aprendido bastante de este botón.",
  over: "Estas dos respuestas ya no se pueden comparar: se queda la que ves.",
  tooOld: "Ya no encuentro tu pregunta a esta respuesta. Por favor, pregúntame de nuevo.",
  same: "He escrito otra respuesta y ha salido la misma. Dime, por favor, qué debería ser distinto.",
};
