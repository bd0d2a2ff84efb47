/** What a command, a button or a form is answered when it can't do its work, in Spanish. */
import type { INTERACTIONS as ENGLISH } from "../en/interactions.js";
import type { Translated } from "../translated.js";

export const INTERACTIONS: Translated<typeof ENGLISH> = {
  notAllowed:
    "Discord no me deja hacer eso aquí. Puede que sean mis permisos en este canal o las reglas para mensajes (AutoMod): un administrador puede mirarlo.",
  notSaved:
    "Ahora mismo no puedo guardar nada, así que esto no se ha guardado. Inténtalo de nuevo en unos minutos, por favor.",
  unknown:
    "No conozco ese botón o comando, o ya no está vigente. Usa el comando de nuevo, por favor.",
  serversOnly: "Eso solo funciona en un servidor, no en mensajes directos.",
  notOnServer: "No estoy en este servidor, así que aquí no puedo cambiar nada.",
  managersOnly:
    "Eso es para quienes pueden gestionar este servidor: hace falta el permiso «Gestionar servidor».",
  ownersOnly:
    "Eso actúa en todos los servidores en los que estoy, así que corresponde a quienes me administran: el dueño o el equipo de la aplicación.",
};
