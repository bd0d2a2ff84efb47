/** How many tokens a request took: what the server says, or an estimate where it says nothing. */
import type { ChatCompletion, ChatCompletionMessageParam } from "openai/resources/chat/completions";
import { textOfChoice } from "./completion-text.js";

/** English has about four; budgets should rather run out early than late. */
const CHARACTERS_PER_TOKEN = 3;

/** Tokens in and out of `completion`, which answers `messages`. */
export function tokensOf(
  completion: ChatCompletion,
  messages: readonly ChatCompletionMessageParam[],
): { input: number; output: number } {
  const { prompt_tokens: input, completion_tokens: output } = completion.usage ?? {};
  const written = completion.choices.reduce((sum, choice) => sum + textOfChoice(choice).length, 0);
  return {
    input: isCount(input) ? input : estimateTokens(messages),
    output: isCount(output) ? output : Math.ceil(written / CHARACTERS_PER_TOKEN),
  };
}

/** About the tokens of `messages`. */
export function estimateTokens(messages: readonly ChatCompletionMessageParam[]): number {
  const characters = messages.reduce((sum, { content }) => sum + String(content ?? "").length, 0);
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
