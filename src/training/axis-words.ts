/**
 * Names learned base rewards in the words of the language model: one request after a training, with
 * what their extremes look like (PReF, figure 5). Where that fails, the words found offline stay.
 */
import type OpenAI from "openai";
import type { ChatCompletionMessageParam } from "openai/resources/chat/completions";
import type { Axis, BaseRewardModel } from "../../models/base-rewards.js";
import type { Compute } from "../../workers/compute.js";
import type { Circuit } from "../chat/circuit.js";
import { textOfChoice } from "../chat/completion-text.js";
import type { Deck } from "../chat/deck.js";
import { UselessAnswerError } from "../chat/generation-error.js";
import type { UsageListener } from "../chat/language-model-candidates.js";
import { createOpenAIClient } from "../chat/openai-client.js";
import { tokensOf } from "../chat/token-usage.js";
import type { OpenAIConfig } from "../config.js";
import type { Log } from "../log.js";
import { untilAborted } from "../until-aborted.js";
import { AXIS_INSTRUCTION, axisQuestion, parseAxisAnswer } from "./axis-answer.js";
import { findExtremes } from "./axis-extremes.js";

/** Pairs of examples for each base reward; more make the request long and the words no better. */
const EXAMPLES = 4;

export interface AxisWordsParts {
  readonly openai: OpenAIConfig;
  readonly deck: Deck;
  readonly compute: Pick<Compute, "scoreCandidates">;
  /** Of the server, shared with whatever else asks it; the request is made without one where not given. */
  readonly circuit?: Circuit;
  /** Hears how many tokens the request took. */
  readonly onUsage?: UsageListener;
  /** False where the day's tokens are used up: then nothing is asked. */
  readonly mayAsk?: () => boolean;
  readonly log: Log;
}

export class AxisWords {
  readonly #client: OpenAI;

  constructor(private readonly parts: AxisWordsParts) {
    this.#client = createOpenAIClient(parts.openai);
  }

  /** One axis for each base reward of `model`; its own axes where no good answer comes. Never throws. */
  async describe(model: BaseRewardModel): Promise<readonly Axis[]> {
    try {
      const { circuit, compute, deck, mayAsk } = this.parts;
      if (mayAsk?.() === false) return model.axes;
      const extremes = await findExtremes(model, deck, compute, EXAMPLES);
      const ask = () => this.#ask(axisQuestion(extremes));
      return parseAxisAnswer(await (circuit?.run(ask) ?? ask()), model.rank);
    } catch (error) {
      this.parts.log.warn({ event: "axes.not-named", err: error });
      return model.axes;
    }
  }

  async #ask(question: string): Promise<string> {
    const { model, timeoutMs } = this.parts.openai;
    const messages: ChatCompletionMessageParam[] = [
      { role: "system", content: AXIS_INSTRUCTION },
      { role: "user", content: question },
    ];
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = this.#client.chat.completions.create({ model, messages }, { signal });
    const completion = await untilAborted(sent, signal);
    const [choice] = completion?.choices ?? [];
    if (choice === undefined) throw new UselessAnswerError("The answer holds no choice.");
    const { input, output } = tokensOf(completion, messages);
    this.parts.onUsage?.(input, output, undefined);
    return textOfChoice(choice);
  }
}
