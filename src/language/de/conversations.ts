/** `/neu`: what `../en/conversations.ts` says, in German. */
import type { CONVERSATIONS as ENGLISH } from "../en/conversations.js";
import type { Translated } from "../translated.js";

export const CONVERSATIONS: Translated<typeof ENGLISH> = {
  begun: "Hier beginnt ein neues Gespräch. Was davor gesagt wurde, sehe ich mir nicht mehr an.",
  nothingToEnd:
    "In diesem Kanal beginnt ohnehin jede Erwähnung ein neues Gespräch. Antworte auf eine meiner Antworten, um es fortzusetzen.",
};
