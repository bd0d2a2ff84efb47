/** A single message that asks for a plain answer: `!plain` at its start. */

const MARK = /^!plain(?=\s|$)\s*/i;

/** Whether `text` asks for an answer without the member's profile, and what it says besides. */
export function plainRequest(text: string): { readonly plain: boolean; readonly text: string } {
  return { plain: MARK.test(text), text: text.replace(MARK, "") };
}
