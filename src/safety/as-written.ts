/** Somebody's words shown exactly as written: in a code block, where nothing is a link or formatting. */
import { visibleText } from "./visible-text.js";

/** Keeps two backticks from meeting, however many there are. */
const APART = "\u200b";

/** `text` in a block of code that it can't end: every link is seen as the address that it is. */
export function asWritten(text: string): string {
  return `\`\`\`\n${visibleText(text).replaceAll("`", `\`${APART}`)}\n\`\`\``;
}
