/**
 * The line that says that an answer is still being written. It is small print, which the guard lets nobody
 * else write, so that a message that ends with it is surely unfinished.
 */
import { MESSAGE_LIMIT, truncateText } from "../../conversation/split-message.js";
import { LANGUAGES, type Language } from "../../language/languages.js";
import { type Say, speakerOf } from "../../language/say.js";

/** The line in the language of `say`. */
export function waitingLine(say: Say): string {
  return `-# ${say("messages.working")}`;
}

/** `piece` of an answer with the line below it; cut where both are too long for a message. */
export function withWaitingLine(piece: string, say: Say): string {
  const line = waitingLine(say);
  return piece === "" ? line : above(piece, line);
}

/** `piece`, and in small print below it why there is no more. */
export function withNote(piece: string, note: string): string {
  return above(piece, `-# ${note}`);
}

function above(piece: string, line: string): string {
  return `${truncateText(piece, MESSAGE_LIMIT - line.length - 1)}\n${line}`;
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
