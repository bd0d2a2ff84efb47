/** How many tokens a request took: what the server says, or an estimate where it says nothing. */
import type {
  ChatCompletion,
  ChatCompletionContentPart,
  ChatCompletionContentPartRefusal,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";

/** English has about four; budgets should rather run out early than late. */
const CHARACTERS_PER_TOKEN = 3;
/** In no script are there more, and a template adds a few. */
const MOST_TOKENS_PER_CHARACTER = 2;
const MOST_OF_A_TEMPLATE = 2_000;
const TEMPLATE_OF_A_MESSAGE = 16;
/** Of a picture of 1,024 by 1,024, where a model sees squares of 32 and counts each for 1.6 tokens. */
const TOKENS_PER_PICTURE = 1_700;
/** Some models count theirs many times over. */
const MOST_TOKENS_PER_PICTURE = 40_000;

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
  const sent = charactersOf(messages);
  const pictures = picturesIn(messages);
  const mostInput =
    sent * MOST_TOKENS_PER_CHARACTER + pictures * MOST_TOKENS_PER_PICTURE + MOST_OF_A_TEMPLATE;
  return {
    input: isCount(input) ? Math.min(input, mostInput) : estimateTokens(messages),
    output: isCount(output)
      ? Math.min(output, mostWritten(output, completion, mostOutput))
      : Math.ceil(charactersIn(completion.choices) / CHARACTERS_PER_TOKEN),
  };
}

/** Nobody writes more than they may, unless it is there to be seen. */
function mostWritten(output: number, { choices }: ChatCompletion, mostOutput: number): number {
  return output <= mostOutput ? mostOutput : mostOutput + JSON.stringify(choices).length;
}

/** About the tokens of `messages`, their pictures included. */
export function estimateTokens(messages: readonly ChatCompletionMessageParam[]): number {
  const words = Math.ceil(charactersOf(messages) / CHARACTERS_PER_TOKEN);
  return words + picturesIn(messages) * TOKENS_PER_PICTURE;
}

/**
 * As many tokens as `messages` have at most: no more than bytes, with what a template adds to each. A
 * picture counts as in {@link estimateTokens}.
 */
export function mostTokens(messages: readonly ChatCompletionMessageParam[]): number {
  const bytes = partsOf(messages).map((part) =>
    part.type === "text" ? Buffer.byteLength(part.text) : 0,
  );
  const words = bytes.reduce((sum, length) => sum + length, 0);
  const templates = messages.length * TEMPLATE_OF_A_MESSAGE;
  return words + templates + picturesIn(messages) * TOKENS_PER_PICTURE;
}

function charactersOf(messages: readonly ChatCompletionMessageParam[]): number {
  const lengths = partsOf(messages).map((part) => (part.type === "text" ? part.text.length : 0));
  return lengths.reduce((sum, length) => sum + length, 0);
}

function picturesIn(messages: readonly ChatCompletionMessageParam[]): number {
  return partsOf(messages).filter(({ type }) => type === "image_url").length;
}

type Part = ChatCompletionContentPart | ChatCompletionContentPartRefusal;

function partsOf(messages: readonly ChatCompletionMessageParam[]): Part[] {
  return messages.flatMap(({ content }): readonly Part[] =>
    Array.isArray(content) ? content : [{ type: "text", text: String(content ?? "") }],
  );
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
