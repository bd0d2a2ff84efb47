/**
 * The line that says that an answer is still being written. It is small print, which the guard lets nobody
 * else write, so that a message that ends with it is surely unfinished.
 */
import { LANGUAGES, type Language } from "../../language/languages.js";
import { type Say, speakerOf } from "../../language/say.js";

/** The line in the language of `say`. */
export function waitingLine(say: Say): string {
  return `-# ${say("messages.working")}`;
}

/** What stands above the line in an unfinished message, and the line's language; undefined in any other. */
export function unfinished(
  content: string,
): { readonly shown: string; readonly language: Language } | undefined {
  for (const language of LANGUAGES) {
    const line = waitingLine(speakerOf(language));
    if (content === line) return { shown: "", language };
    if (content.endsWith(`\n${line}`)) {
      return { shown: content.slice(0, -line.length - 1), language };
    }
  }
  return undefined;
}
