/** The text of a chat completion's choice, in whichever form a server sends it. */
import type { ChatCompletion } from "openai/resources/chat/completions";

/**
 * Without blanks around it; empty where there is none. OpenAI sends a string, some servers a list
 * of parts, and a model that used up its tokens on reasoning sends null.
 */
export function textOfChoice(choice: ChatCompletion.Choice): string {
  const content: unknown = choice?.message?.content;
  if (typeof content === "string") return content.trim();
  if (!Array.isArray(content)) return "";
  return content.map(textOfPart).join("").trim();
}

function textOfPart(part: unknown): string {
  if (typeof part === "string") return part;
  const text = (part as { text?: unknown } | null)?.text;
  return typeof text === "string" ? text : "";
}
