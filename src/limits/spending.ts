/** Counts every token that goes to the language model's server or comes from it: for the cost and the budgets. */
import type { Release } from "./day-counts.js";
import type { Asker, Limits } from "./limits.js";
import type { Refusal } from "./refusal.js";
import type { Usage } from "./usage.js";

/** What one answered request took. */
export interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly embeddingTokens: number;
}

/** Called with how many tokens a request took, and for whom it was made. */
export type UsageListener = (
  inputTokens: number,
  outputTokens: number,
  asker: Asker | undefined,
) => void;

/** Holds the most that a request may take until it is over; or says why so much is not left. */
export type TokenHold = (tokens: number, asker: Asker | undefined) => Promise<Release | Refusal>;

/** Of a server whose tokens nobody bounds. */
export const holdNothing: TokenHold = async () => () => undefined;

export class Spending {
  /** `onTokens` is called for every request that was answered. */
  constructor(
    private readonly usage: Usage,
    private readonly limits: Limits,
    private readonly onTokens: (tokens: Tokens) => void = () => undefined,
  ) {}

  /** Tokens of an answer, or of the words for base rewards, which nobody asks for. */
  readonly chat: UsageListener = (inputTokens, outputTokens, asker) =>
    this.#count({ inputTokens, outputTokens, embeddingTokens: 0 }, asker);

  /** Before a request is sent, whatever it is for. */
  readonly hold: TokenHold = (tokens, asker) => this.limits.hold(asker, tokens);

  /** Tokens of embeddings: they count in the whole bot's budget. */
  readonly embedding = (embeddingTokens: number): void =>
    this.#count({ inputTokens: 0, outputTokens: 0, embeddingTokens }, undefined);

  #count(tokens: Tokens, asker: Asker | undefined): void {
    this.onTokens(tokens);
    const { inputTokens, outputTokens, embeddingTokens } = tokens;
    this.limits.spend(asker, inputTokens + outputTokens + embeddingTokens);
    this.usage.add(tokens);
  }
}
