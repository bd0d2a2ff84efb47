/** The ten quick questions, in Spanish. */
import type { CALIBRATION as ENGLISH } from "../en/calibration.js";
import type { Translated } from "../translated.js";

export const CALIBRATION: Translated<typeof ENGLISH> = {
  question:
    "{bar} Pregunta {number} de {total}\nAlguien pregunta: «{prompt}» **¿Qué respuesta preferirías recibir?**",
  skip: "Saltar",
  stop: "Parar aquí",
  nothingToAsk:
    "Hasta ahora los miembros coinciden en sus gustos, así que no hay nada que preguntarte.",
  doneEarly:
    "Listo después de {answers, plural, one {# respuesta} other {# respuestas}}: sé lo suficiente, y más no me diría mucho.",
  stopped: "Parado; no se ha cambiado nada.",
  done: "¡Listo, gracias por {answers, plural, one {# respuesta} other {# respuestas}}!",
};
