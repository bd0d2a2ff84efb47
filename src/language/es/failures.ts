/** Why there is no answer, in Spanish. */
import type { FAILURES as ENGLISH } from "../en/failures.js";
import type { Translated } from "../translated.js";

export const FAILURES: Translated<typeof ENGLISH> = {
  timeout:
    "El modelo de lenguaje ha tardado demasiado esta vez: inténtalo de nuevo, quizá con una pregunta más corta.",
  timeoutUntil: "El modelo de lenguaje ha tardado demasiado esta vez: inténtalo de nuevo {when}.",
  rateLimited:
    "Son demasiadas preguntas a la vez para el modelo de lenguaje: inténtalo de nuevo en unos minutos.",
  rateLimitedUntil:
    "Son demasiadas preguntas a la vez para el modelo de lenguaje: inténtalo de nuevo {when}.",
  quota:
    "El presupuesto del modelo de lenguaje está agotado por ahora: avisa a un administrador de este servidor, por favor.",
  badKey:
    "El modelo de lenguaje rechaza mi clave: avisa a un administrador de este servidor, por favor.",
  noAccess:
    "El modelo de lenguaje está cerrado para mí: avisa a un administrador de este servidor, por favor.",
  badAddress:
    "El modelo de lenguaje no está donde lo busco: avisa a un administrador de este servidor, por favor.",
  unknownModel:
    "El modelo de lenguaje para el que estoy configurado no existe: avisa a un administrador de este servidor, por favor.",
  forbidden: "El modelo de lenguaje no me deja responder a eso: dilo de otra manera, por favor.",
  filtered: "El modelo de lenguaje no ha querido responder a eso: dilo de otra manera, por favor.",
  refused:
    "El modelo de lenguaje no puede trabajar con ese mensaje: dilo de otra manera, por favor.",
  tooLong:
    "Esto es demasiado largo para el modelo de lenguaje: empieza de nuevo con una pregunta más corta, por favor.",
  tooLarge: "La respuesta del modelo de lenguaje era larguísima: pide algo más corto, por favor.",
  empty: "El modelo de lenguaje no tenía nada que decir: inténtalo de nuevo, por favor.",
  abandoned:
    "Tuve que parar antes de poder responder: inténtalo de nuevo en unos minutos, por favor.",
  notInDeck:
    "Aquí no tengo ningún modelo de lenguaje, y en mi colección no hay nada parecido: pregúntame algo para lo que tenga respuesta, por favor.",
  quoted: "«{prompt}»",
  forExample: "Por ejemplo: {offers}.",
  limit: "Eso es demasiado por ahora: inténtalo de nuevo en unos minutos, por favor.",
  unavailable:
    "Ahora mismo no puedo contactar con el modelo de lenguaje: inténtalo de nuevo en unos minutos.",
  unavailableUntil:
    "Ahora mismo no puedo contactar con el modelo de lenguaje: inténtalo de nuevo {when}.",
  queue: "Ahora mismo hay demasiada gente esperando una respuesta: inténtalo de nuevo {when}.",
  messagesPerMinute:
    "{scope, select, personal {Fuera de los servidores, mis mensajes} member {Tus mensajes} channel {Los mensajes de este canal} server {Los mensajes de este servidor} other {Mis mensajes}} para este minuto están agotados: inténtalo de nuevo {when}.",
  messagesPerDay:
    "{scope, select, personal {Fuera de los servidores, mis mensajes} member {Tus mensajes} channel {Los mensajes de este canal} server {Los mensajes de este servidor} other {Mis mensajes}} para hoy están agotados: inténtalo de nuevo {when}.",
  tokensPerDay:
    "{scope, select, personal {Fuera de los servidores, mi presupuesto} member {Tu presupuesto} channel {El presupuesto de este canal} server {El presupuesto de este servidor} other {Mi presupuesto}} para hoy está agotado: inténtalo de nuevo {when}.",
  unseen: "No puedo mirar {kinds}. Dime con palabras qué quieres saber y te respondo.",
  pictures: "imágenes",
  videos: "vídeos",
  recordings: "grabaciones",
  voiceMessages: "mensajes de voz",
  polls: "encuestas",
  forwardedMessages: "mensajes reenviados como este",
  files: "archivos",
};
