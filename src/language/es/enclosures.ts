/** What `../en/enclosures.ts` says, in Spanish. */
import type { ENCLOSURES as ENGLISH } from "../en/enclosures.js";
import type { Translated } from "../translated.js";

export const ENCLOSURES: Translated<typeof ENGLISH> = {
  blind:
    "No puedo ver imágenes: el modelo de lenguaje que uso solo lee texto. Dime con palabras qué importa en la tuya y te respondo.",
  deaf: "No puedo escuchar mensajes de voz. Escríbeme y te respondo.",
  unheard: "No he entendido tu mensaje de voz. Escríbelo, por favor, o grábalo otra vez.",
  tooLong:
    "Escucho mensajes de voz de hasta cinco minutos. Envía uno más corto, por favor, o escríbelo.",
  tooLarge:
    "Lo que has enviado es demasiado grande para mí. Envíame solo la parte que importa, por favor.",
  tooMany: "Miro cuatro imágenes a la vez y he dejado fuera las demás.",
  format:
    "Puedo abrir imágenes PNG, JPEG, WebP y GIF, y la tuya es de otro tipo. Envíala en uno de esos formatos, por favor.",
  notText:
    "Solo puedo leer archivos de texto sin formato. Copia en un mensaje las palabras que importan y te respondo.",
  unreachable: "No he podido obtener de Discord lo que has enviado. Envíalo otra vez, por favor.",
  cut: "Tu archivo es largo: solo he leído el principio.",
};
