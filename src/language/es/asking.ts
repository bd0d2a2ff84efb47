/** `/preguntar`, and the bot as a member's own app: what `../en/asking.ts` says, in Spanish. */
import type { ASKING as ENGLISH } from "../en/asking.js";
import type { Translated } from "../translated.js";

export const ASKING: Translated<typeof ENGLISH> = {
  closedChannel:
    "Los administradores de este servidor no me han abierto este canal. Pregunta en otro, por favor.",
  nothingAsked: "Tu pregunta está vacía. Escribe qué quieres saber, por favor.",
  threadLost:
    "Ya no sé de qué hablábamos: lo recuerdo durante una hora, y nunca después de un reinicio. Vuelve a preguntar con `/preguntar`, por favor.",
  messageLost:
    "Ya no tengo ese mensaje a mano. Elige otra vez «Preguntar sobre esto» en su menú, por favor.",
  nothingToRead:
    "No puedo leer nada en ese mensaje. Copia sus palabras en tu pregunta con `/preguntar`.",
  somebodyElses: "Esa conversación es de otra persona. Puedes empezar la tuya con `/preguntar`.",
  ballotClosed:
    "Esta pregunta está cerrada: las preguntas así quedan abiertas durante un cuarto de hora.",
  whichIsBetter: "¿Qué respuesta te gusta más?",
  wholeAsFile:
    "-# La respuesta es más larga de lo que puedo mostrar aquí: el archivo la tiene entera.",
  notAway: "Quien me administra ha desactivado mi uso fuera de los servidores en los que estoy.",
  membersOnly:
    "Aquí solo respondo a miembros de un servidor en el que yo también estoy. Así lo ha decidido quien me administra, porque paga mis respuestas.",
  notSure:
    "Ahora mismo no puedo averiguar si puedo responderte aquí. Inténtalo otra vez dentro de un minuto.",
  personalPlace:
    "-# «Aquí» significa nuestros mensajes directos y todos los lugares a los que me llevas como tu propia aplicación.",
  goOn: "Continuar",
  takeBack: "Retirar mi voto",
  aboutTitle: "Preguntar sobre este mensaje",
  aboutLabel: "¿Qué quieres saber?",
  nextTitle: "Continuar",
  nextLabel: "Tu próximo mensaje",
};
