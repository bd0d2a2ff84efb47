/** `/ajustes`: what the admin of a server chooses, in Spanish. */
import type { SETTINGS as ENGLISH } from "../en/settings.js";
import type { Translated } from "../translated.js";

export const SETTINGS: Translated<typeof ENGLISH> = {
  channels: "**Canales** en los que puedo hablar: {channels}",
  everywhere: "en todas partes",
  questions: "**Preguntas** a un miembro al día, como mucho: {questions}",
  defaultQuestions: "{questions} (lo predeterminado)",
  poolingAllowed:
    "**Entrenamiento común** con votos de aquí: permitido, para los miembros que digan que sí",
  poolingNotAllowed: "**Entrenamiento común** con votos de aquí: no permitido",
  reports: "**Destino de los reportes**: {channel}",
  nowhere: "ninguno",
  language: "**Idioma** para los miembros cuyo idioma no hablo: {language}",
  serverLanguage: "el de este servidor en Discord",
  foreignChannel:
    "Elige canales de este servidor que yo pueda ver, por favor. No se ha cambiado nada.",
  closedChannel:
    "No puedo escribir ahí: necesito «Ver canal», «Enviar mensajes» e «Insertar enlaces» en él. No se ha cambiado nada.",
  badCount: "Indica un número entero de 0 a {most}, por favor. No se ha cambiado nada.",
  badLanguage: "No hablo ese idioma. No se ha cambiado nada.",
  everywhereButton: "En todas partes",
  whereMayISpeak: "¿Dónde puedo hablar? Los hilos pertenecen a su canal.",
};
