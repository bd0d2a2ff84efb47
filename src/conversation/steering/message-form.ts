/**
 * Which messages are not to be answered in a manner: code and calculation are asked how long and
 * nothing else. Deliberately simple and on the safe side: a false alarm costs one steered answer.
 */

import type { ConversationTurn } from "../conversation-turn.js";
import { isUrgentOrEmotional } from "../sensitive-message.js";

/** How freely an answer may be steered: not at all, in its length, or in all of its form. */
export type Freedom = "none" | "length" | "form";

/** A short "and then?" goes on with what was said just before. */
const NEWEST_TURNS = 4;

/** English, German, French, Spanish; read in lower case. */
const CODE: readonly RegExp[] = [
  /`|=>|==|!=|&&|\|\||<\/|\/>|#include|\$\(|\b\w+\(\)|\b\w+::\w+|[{}]|;\s*(?:\n|$)/,
  /\b(?:code|coding|program\w*|script|regex\w*|regular expression|function|method|class|variable|array|loop|compil\w*|debug\w*|stack ?trace|exception|syntax|algorithm|api|json|yaml|xml|html|css|sql|query|bash|shell|terminal|command line|git|docker|python|javascript|typescript|java|rust|golang|kotlin|swift|php|ruby|c\+\+|c#|haskell|excel|formula)\b/,
  /\b(?:funktion|schleife|programmier\w*|quelltext|skript|formel|fonction|boucle|programmation|formule|funci[oó]n|bucle|programaci[oó]n|f[oó]rmula)(?!\p{L})/u,
];
const CALCULATION: readonly RegExp[] = [
  /\d\s*(?:[+*/^×÷=%]|-\s*\d|per ?cent)/,
  /\b(?:calculat\w*|comput\w+|equation|solve|integral|derivative|square root|sum of|percent\w*|average of|probability|convert|how (?:much|many)|interest rate|prove|theorem|matrix)\b/,
  /\b(?:berechne\w*|rechne\w*|gleichung|wie ?viele?|prozent|wurzel|calcule\w*|combien|[eé]quation|pourcent\w*|calcul[ae]\w*|cu[aá]nt[oa]s?|ecuaci[oó]n|porcentaje)(?!\p{L})/u,
];

/** What the newest turns leave free; the member's words alone say whether they are urgent. */
export function freedomOf(history: readonly ConversationTurn[]): Freedom {
  const newest = history.slice(-NEWEST_TURNS);
  const written = newest.filter(({ role }) => role === "member");
  if (written.some(({ text }) => isUrgentOrEmotional(text))) return "none";
  const isExact = newest.some(({ role, text }) =>
    role === "bot" ? text.includes("```") : isCodeOrCalculation(text),
  );
  return isExact ? "length" : "form";
}

/** Whether `text` is about code, or asks for a number. */
function isCodeOrCalculation(text: string): boolean {
  const lower = text.toLowerCase();
  return [...CODE, ...CALCULATION].some((sign) => sign.test(lower));
}
