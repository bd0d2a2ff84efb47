/** What the smaller commands answer, in Spanish. */
import type { COMMANDS as ENGLISH } from "../en/commands.js";
import type { Translated } from "../translated.js";

export const COMMANDS: Translated<typeof ENGLISH> = {
  onlyYourOwn: "Eso lo hago solo para tus propios mensajes y para mis respuestas a ellos.",
  messageUnreadable:
    "Ya no puedo leer ese mensaje. Pregunta de nuevo, con `!plain` delante de tu pregunta, por favor.",
  notChosen:
    "Ese mensaje no lo eligió tu perfil: es una respuesta sencilla, una que elegiste tú, una para otra persona o una demasiado antigua.",
  runnerUpGone: "La segunda mejor respuesta ya no está guardada.",
  showRunnerUp: "Mostrar la segunda mejor",
  noReportChannel:
    "En este servidor no hay ningún canal para reportes. Díselo a un administrador en persona, por favor; `/ajustes reportes` configura uno.",
  reportSent: "Gracias, tu reporte ya lo tienen los administradores. Yo no guardo ninguna copia.",
  reportUnsent:
    "No he podido escribir en el canal de reportes. Díselo a un administrador en persona, por favor.",
  reportTooSoon:
    "Tú u otras personas de este servidor han enviado un reporte hace un momento: inténtalo de nuevo {when}.",
  reportQuestion: "¿Qué ha fallado?",
  reportTitle: "Reportar un problema",
  report: "Un reporte",
  reportFrom: "De {name} ({id})",
  reportAbout: "Sobre",
};
