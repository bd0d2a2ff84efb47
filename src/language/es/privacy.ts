/** `/privacidad`: what `../en/privacy.ts` says, in Spanish. */
import type { PRIVACY as ENGLISH } from "../en/privacy.js";
import type { Translated } from "../translated.js";

export const PRIVACY: Translated<typeof ENGLISH> = {
  stored:
    "**Lo que guardo sobre ti**, y solo después de que hayas dicho que sí (`/perfil consentimiento`):",
  votes:
    "• cuál de dos respuestas _mías_ te gustó más, en forma de números sobre las respuestas, y el perfil que sale de ahí: para elegir entre mis respuestas para ti y para decirle al modelo de lenguaje cómo te gustan. Hasta que lo borres.",
  answersWhileOpen:
    "• las dos respuestas de una pregunta, para que puedas cambiar tu voto: mientras la pregunta esté abierta, como mucho {days, plural, one {# día} other {# días}}.",
  answersEncrypted:
    "• las dos respuestas de una pregunta, para que puedas cambiar tu voto: cifradas, durante {days, plural, one {# día} other {# días}}.",
  reasons:
    "• qué escalas decidieron la elección de cada respuesta y qué le pedí al modelo de lenguaje, para «¿Por qué esta respuesta?»: durante {days, plural, one {# día} other {# días}}.",
  allowed: "• lo que permites, en qué idioma usas Discord, y cuántas preguntas te he hecho hoy.",
  use: "También sin tu sí: cuánto se ha usado hoy por tu parte, en el canal y en el servidor, bajo una forma irreconocible del identificador; durante tres días.",
  notStored:
    "**Lo que no guardo**: lo que escribes, tu nombre, tus archivos adjuntos. Leo un mensaje solo para responderlo, y lo olvido una hora después de nuestra conversación.",
  seenBy: "**Quién más ve tus mensajes**: {service}",
  nobody:
    "nadie. No hay ningún modelo de lenguaje configurado; mis respuestas salen de una colección ya preparada.",
  service:
    "el modelo de lenguaje `{model}` en `{host}` recibe el mensaje al que respondo, con sus imágenes, archivos de texto y mensaje de voz, y lo que se dijo antes en la misma conversación, sin tu nombre ni tu identificador. Si lo has permitido, van también unas pocas palabras sobre cómo te gustan las respuestas, como “Write about 60 words.” (escribe unas 60 palabras), igualmente sin tu identificador; `/perfil ver` muestra las palabras exactas y `/perfil ajustar` las desactiva.",
  secondService: "Si no responde, `{model}` en `{host}` recibe lo mismo en su lugar.",
  training:
    "**Entrenamiento**: uso tus votos para otras personas solo después de un segundo sí, sin tu identificador y combinados con los votos de al menos otros cuatro miembros. {age}Con tus mensajes no se entrena nunca nada.",
  accountAge:
    "Los votos de cuentas con menos de {days, plural, one {# día} other {# días}} esperan hasta que la cuenta tenga la antigüedad suficiente. ",
  deletion:
    "**Borrado**: `/perfil borrar` borra al momento, en este servidor o en todas partes; también funciona en mensajes directos. Cuando me quitan de un servidor, borro sus datos al cabo de {days, plural, one {# día} other {# días}}. `/perfil exportar` te da todo en un archivo.",
  questions: "Problemas y preguntas: `/reportar`, o los administradores de este servidor.",
};
