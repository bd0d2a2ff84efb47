/** Somebody's words shown as they were written: in a block of code, where nothing is a link or a mark. */
import { visibleText } from "./visible-text.js";

/** Keeps two backticks from meeting, however many there are. */
const APART = "\u200b";

/** `text` in a block of code that it can't end: every link is seen as the address that it is. */
export function asWritten(text: string): string {
  return `\`\`\`\n${visibleText(text).replaceAll("`", `\`${APART}`)}\n\`\`\``;
}
