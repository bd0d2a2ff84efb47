/** `/nueva`: what `../en/conversations.ts` says, in Spanish. */
import type { CONVERSATIONS as ENGLISH } from "../en/conversations.js";
import type { Translated } from "../translated.js";

export const CONVERSATIONS: Translated<typeof ENGLISH> = {
  begun: "Aquí empieza una conversación nueva. Ya no miro lo que se dijo antes.",
  nothingToEnd:
    "En este canal cada mención ya empieza una conversación nueva. Responde a una de mis respuestas para continuarla.",
};
