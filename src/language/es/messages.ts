/** What is said below a message in place of an answer, or beside one, in Spanish. */
import type { MESSAGES as ENGLISH } from "../en/messages.js";
import type { Translated } from "../translated.js";

export const MESSAGES: Translated<typeof ENGLISH> = {
  failed: "Algo ha fallado por mi parte, lo siento. Inténtalo de nuevo en un minuto, por favor.",
  working: "Sigo trabajando en tu respuesta …",
  restarted:
    "Me reiniciaron antes de que terminara mi respuesta, lo siento. Pregúntame otra vez, por favor.",
  restartedWithin:
    "Me reiniciaron antes de que terminara mi respuesta. Pídeme el resto otra vez, por favor.",
  restarting: "Me están reiniciando en este momento. Inténtalo de nuevo en un minuto, por favor.",
  cut: "No se pudo enviar el resto de mi respuesta, lo siento. Pídemelo de nuevo en un minuto, por favor.",
  cutByRules:
    "El resto de mi respuesta lo detuvieron las reglas para mensajes de este servidor o de Discord (AutoMod).",
  unwanted:
    "Las reglas para mensajes de este servidor o de Discord (AutoMod) detuvieron mi respuesta. Pregunta con otras palabras, por favor.",
  demonstration:
    "-# Demostración: no hay ningún modelo de lenguaje configurado, así que esto responde a la pregunta más parecida de la colección incluida, «{prompt}»",
  nothingSaid: "¡Hola! Escribe tu pregunta junto a la mención y te respondo.",
  nothingSaidDirectly: "¡Hola! Escríbeme tu pregunta y te la respondo.",
  replyUnreadable:
    "Solo puedo leer respuestas que me mencionen: deja activada la @ junto a la respuesta, o menciona mi nombre.",
  answersUnread:
    "No puedo leer el mensaje al que respondes. Copia su texto junto a la mención, con tu pregunta, y te respondo.",
  mentionedRole:
    "Has mencionado mi rol, y no puedo leer lo que se escribe junto a un rol. Menciona a <@{bot}> y te respondo.",
};
