/** The playground in a terminal, in Spanish. */
import type { PLAYGROUND as ENGLISH } from "../en/playground.js";
import type { Translated } from "../translated.js";

export const PLAYGROUND: Translated<typeof ENGLISH> = {
  you: "tú",
  greeting:
    "El patio de juegos de Attune. Escribe un mensaje; cuando lleguen dos respuestas,\npulsa a, b, t (igual), n (ninguna) o s (saltar).",
  demonstration:
    "Demostración: no hay ningún modelo de lenguaje configurado (OPENAI_API_KEY u\nOPENAI_BASE_URL), así que las respuestas salen de la colección incluida. Conoce unas\nsesenta preguntas cotidianas y ofrece tres cuando no hay nada parecido.",
  commands: "Comandos:",
  help: "todos los demás comandos",
  quit: "terminar",
  plain: "!plain delante de un mensaje pide una respuesta sencilla.",
  calibrate: "diez preguntas rápidas",
  profile: "lo que ha aprendido sobre ti",
  reset: "borra tus pesos y votos",
  picture: "el perfil en una imagen, {file} en esta carpeta",
  told: "lo que el modelo de lenguaje puede saber de tu gusto",
  undo: "retira tu último voto",
  pause: "respuestas sencillas, nada aprendido",
  start: "deja que aprenda, o sigue tras una pausa",
  export: "muestra todo lo que se guarda sobre ti",
  delete: "borra todo lo que se guarda sobre ti",
  retrain: "aprende las valoraciones comunes de todos los votos",
  nearest: "(pregunta más parecida de la colección: «{prompt}»)",
  nothingNear: "En la colección no hay nada parecido. Tiene respuestas a",
  offerKeys: "{keys} (preguntar eso), n (nada): ",
  ballotKeys: "a, b, t (igual), n (ninguna), s (saltar): ",
  calibrationKeys: "a, b, t (igual), n (ninguna), s (saltar), q (parar): ",
  question: "{bar} {number} de {total}. Alguien pregunta: «{prompt}»",
  sureReset: "¿Borrar tus pesos y votos? (y = sí, n = no) ",
  resetDone: "Borrado: tus pesos y {votes, plural, one {# voto} other {# votos}}.",
  sureDelete: "¿Borrar todo lo que se guarda sobre ti? (y = sí, n = no) ",
  deleted: "Borrado: tu perfil, {votes} votos y todo lo demás.",
  written: "Guardado en {file}.",
  undone: "Tu último voto queda retirado.",
  paused: "Respuestas sencillas y nada aprendido, hasta /start.",
  neighbours: "Ahora votan aquí también {members} miembros simulados sobre la colección ...",
  hearsNothing: "El modelo de lenguaje no sabe nada de tu gusto; /start lo cambia.",
  on: "sí",
  off: "no",
  toldKeys: "de 1 a 6 cambia uno, q termina: ",
};
