/**
 * One step from a choice of a language model's server to an answer that is fit to go on: the text
 * alone, or why there is none. Everything after it (cuts, the guard, ballots, learning) sees its result.
 */

import { isBroken } from "../model-server/server-error.js";
import { finalPart, unwrapped } from "./channels.js";
import { withoutTemplateMarks } from "./template-marks.js";
import { withoutThoughts } from "./thoughts.js";

export type ChoiceAnswer =
  | { readonly kind: "text"; readonly text: string; readonly isCut: boolean }
  /** The model, or a filter before it, does not answer this. */
  | { readonly kind: "declined" }
  /** It broke off, or there is nothing but thoughts: how the server says that it ended. */
  | { readonly kind: "none"; readonly end: string };

/** Words for the end of a choice in which a filter or the model itself declined. */
const DECLINED =
  /content.?filter|safety|refus|prohibit|recitation|blocklist|\bspii\b|moderat|sensitive|declin|guardrail|^blocked$/i;
const CUT =
  /^(?:length|max_?tokens|max_?output_?tokens|model_length|(?:token|time)_limit|(?:model_)?context_(?:length|window)\w{0,20}|repetition)$/i;
const LONGEST_END = 40;

/** By choice, which nobody changes once it has come: it is asked for its habits and for its text. */
const answers = new WeakMap<object, ChoiceAnswer>();

/** What `choice` (of a chat completion, in whichever form a server sends it) says. */
export function answerOfChoice(choice: unknown): ChoiceAnswer {
  if (typeof choice !== "object" || choice === null) return readChoice(choice);
  let answer = answers.get(choice);
  if (answer === undefined) {
    answer = readChoice(choice);
    answers.set(choice, answer);
  }
  return answer;
}

function readChoice(choice: unknown): ChoiceAnswer {
  const { finish_reason: end, message } = (choice ?? {}) as Record<string, unknown>;
  const { content, refusal } = (message ?? {}) as Record<string, unknown>;
  const ending = (typeof end === "string" ? end : "none").slice(0, LONGEST_END);
  if (isBroken(choice)) return { kind: "none", end: "error" };
  if (DECLINED.test(ending)) return { kind: "declined" };
  const isCut = CUT.test(ending);
  const text = spokenText(textOfContent(content), isCut);
  if (text !== "") return { kind: "text", text, isCut };
  const isRefused = isText(refusal) || partsOf(content).some(({ type }) => type === "refusal");
  return isRefused ? { kind: "declined" } : { kind: "none", end: ending };
}

/** `text` as a member may read it: no thoughts, no marks of templates, no blanks around it. */
export function spokenText(text: string, isCut = false): string {
  const answer = withoutThoughts(finalPart(text.trim(), isCut), isCut);
  return withoutTemplateMarks(unwrapped(answer).trim()).trim();
}

/** OpenAI sends a string, some servers a list of parts, of which only texts are for the reader. */
function textOfContent(content: unknown): string {
  if (typeof content === "string") return content;
  return partsOf(content)
    .filter(({ type }) => type === undefined || type === "text" || type === "output_text")
    .filter(({ thought }) => thought !== true)
    .map(({ text }) => wordsOf(text))
    .join("");
}

function wordsOf(text: unknown): string {
  if (typeof text === "string") return text;
  const { value } = (text ?? {}) as { value?: unknown };
  return typeof value === "string" ? value : "";
}

interface Part {
  readonly type?: unknown;
  /** The words, or an object that holds them. */
  readonly text?: unknown;
  /** Whether they are thoughts, as Gemini says. */
  readonly thought?: unknown;
}

function partsOf(content: unknown): Part[] {
  const parts = Array.isArray(content) ? content : [content];
  return parts.flatMap((part: unknown) => {
    if (typeof part === "string") return [{ text: part }];
    return typeof part === "object" && part !== null ? [part as Part] : [];
  });
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
