/** The words in pictures, in Spanish. */
import type { PICTURES as ENGLISH } from "../en/pictures.js";
import type { Translated } from "../translated.js";

export const PICTURES: Translated<typeof ENGLISH> = {
  title: "Tu gusto en respuestas",
  nothingKnown: "todavía no se sabe nada",
  votes: "después de {votes, plural, one {# voto} other {# votos}}",
  you: "tú",
  interval: "aquí con un 90 % de certeza",
  average: "media aproximada del servidor",
  noAverage: "aún sin media: hacen falta veinte miembros que compartan",
  versions: "Votos reservados predichos bien, por versión",
  oldest: "la más antigua",
  newest: "la más nueva; grande: responde ahora",
  versionsAlt:
    "Votos reservados que se predijeron bien, de la versión más antigua a la más nueva: {figures}.",
};
