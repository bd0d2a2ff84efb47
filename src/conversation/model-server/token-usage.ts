/** How many tokens a request took: what the server says, or an estimate where it says nothing. */
import type { ChatCompletion, ChatCompletionMessageParam } from "openai/resources/chat/completions";

/** English has about four; budgets should rather run out early than late. */
const CHARACTERS_PER_TOKEN = 3;
/** In no script are there more, and a template adds a few. */
const MOST_TOKENS_PER_CHARACTER = 2;
const MOST_OF_A_TEMPLATE = 2_000;

/**
 * Tokens in and out of `completion`, which answers `messages` with `mostOutput` tokens at most. What
 * a server says counts only as far as it can be true: it must not use up anybody's budget.
 */
export function tokensOf(
  completion: ChatCompletion,
  messages: readonly ChatCompletionMessageParam[],
  mostOutput: number,
): { input: number; output: number } {
  const { prompt_tokens: input, completion_tokens: output } = completion.usage ?? {};
  const written = JSON.stringify(completion.choices).length;
  const sent = charactersOf(messages);
  const mostInput = sent * MOST_TOKENS_PER_CHARACTER + MOST_OF_A_TEMPLATE;
  return {
    input: isCount(input) ? Math.min(input, mostInput) : estimateTokens(messages),
    output: isCount(output)
      ? Math.min(output, mostOutput + written)
      : Math.ceil(charactersIn(completion.choices) / CHARACTERS_PER_TOKEN),
  };
}

/** About the tokens of `messages`. */
export function estimateTokens(messages: readonly ChatCompletionMessageParam[]): number {
  return Math.ceil(charactersOf(messages) / CHARACTERS_PER_TOKEN);
}

function charactersOf(messages: readonly ChatCompletionMessageParam[]): number {
  return messages.reduce((sum, { content }) => sum + String(content ?? "").length, 0);
}

/** Of all that was written, thoughts as well: they are paid for. */
function charactersIn(choices: ChatCompletion["choices"]): number {
  return choices.reduce((sum, choice) => {
    const { content, ...rest } = (choice?.message ?? {}) as unknown as Record<string, unknown>;
    const thoughts = rest.reasoning_content ?? rest.reasoning ?? "";
    return sum + lengthOf(content) + lengthOf(thoughts);
  }, 0);
}

function lengthOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return typeof value === "string" ? value.length : JSON.stringify(value).length;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
