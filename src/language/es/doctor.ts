/** What `../en/doctor.ts` says, in Spanish. */
import type { DOCTOR as ENGLISH } from "../en/doctor.js";
import type { Translated } from "../translated.js";

export const DOCTOR: Translated<typeof ENGLISH> = {
  server: "Servidor {name}",
  viewChannel: "Ver canal",
  sendMessages: "Enviar mensajes",
  sendMessagesInThreads: "Enviar mensajes en hilos",
  readMessageHistory: "Leer el historial de mensajes",
  embedLinks: "Insertar enlaces",
  addReactions: "Añadir reacciones",
  noTextChannel: "el bot no puede hablar en ningún canal: no hay canales de texto.",
  speaksNowhere: "el bot no puede hablar en ningún canal: en #{channel} falta {missing}.",
  allowThem: "en Discord, abre los ajustes del canal, Permisos, y concédeselos al rol del bot.",
  lacksInSome: "el bot ve canales en los que no puede hacer todo lo que necesita: {channels}.",
  lacks: "en #{channel} falta {missing}",
  andMore: "y {count, number} más",
  orName: "O elige los canales deseados con /ajustes canales.",
  speaksIn: "el bot puede hablar en {count, number} de {total, number} canales de texto.",
  channelGone: "/ajustes nombra el canal {id}, que ya no existe.",
  chooseAgain: "elige los canales de nuevo con /ajustes canales.",
  mayAllIn: "el bot puede hacer todo lo que necesita en #{channel}.",
  lacksIn: "en #{channel} al bot le falta {missing}.",
};
