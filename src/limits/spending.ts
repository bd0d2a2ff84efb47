/** Every token that goes to the language model's server or comes from it: for the cost, and for the budgets. */
import type { UsageListener } from "../chat/language-model-candidates.js";
import type { Log } from "../log.js";
import type { Usage } from "../status/usage.js";
import type { Asker } from "./asker.js";
import type { Limits } from "./limits.js";

export class Spending {
  constructor(
    private readonly usage: Usage,
    private readonly limits: Limits,
    private readonly log: Log,
  ) {}

  /** Tokens of an answer, or of the words for base rewards, which nobody asks for. */
  readonly chat: UsageListener = (inputTokens, outputTokens, asker) =>
    this.#count({ inputTokens, outputTokens, embeddingTokens: 0 }, asker);

  /** Tokens of embeddings: they count in the whole bot's budget. */
  readonly embedding = (embeddingTokens: number): void =>
    this.#count({ inputTokens: 0, outputTokens: 0, embeddingTokens }, undefined);

  #count(
    tokens: { inputTokens: number; outputTokens: number; embeddingTokens: number },
    asker: Asker | undefined,
  ): void {
    const { inputTokens, outputTokens, embeddingTokens } = tokens;
    this.limits.spend(asker, inputTokens + outputTokens + embeddingTokens);
    this.usage.add(tokens).catch((error: unknown) => {
      this.log.warn({ event: "usage.uncounted", err: error });
    });
  }
}
