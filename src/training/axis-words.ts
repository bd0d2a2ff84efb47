/**
 * Names learned base rewards in the words of the language model: one request after a training, with
 * what their extremes look like (PReF, figure 5). Where that fails, the words found offline stay.
 */
import type OpenAI from "openai";
import type { Axis, BaseRewardModel } from "../../models/base-rewards.js";
import type { Compute } from "../../workers/compute.js";
import type { Deck } from "../chat/deck.js";
import { createOpenAIClient } from "../chat/openai-client.js";
import type { OpenAIConfig } from "../config.js";
import type { Log } from "../log.js";
import { AXIS_INSTRUCTION, axisQuestion, parseAxisAnswer } from "./axis-answer.js";
import { findExtremes } from "./axis-extremes.js";

/** Pairs of examples for each base reward; more make the request long and the words no better. */
const EXAMPLES = 4;

export interface AxisWordsParts {
  readonly openai: OpenAIConfig;
  readonly deck: Deck;
  readonly compute: Pick<Compute, "scoreCandidates">;
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
      const { compute, deck } = this.parts;
      const extremes = await findExtremes(model, deck, compute, EXAMPLES);
      return parseAxisAnswer(await this.#ask(axisQuestion(extremes)), model.rank);
    } catch (error) {
      this.parts.log.warn({ event: "axes.not-named", err: error });
      return model.axes;
    }
  }

  async #ask(question: string): Promise<string> {
    const { model, timeoutMs } = this.parts.openai;
    const completion = await this.#client.chat.completions.create(
      {
        model,
        messages: [
          { role: "system", content: AXIS_INSTRUCTION },
          { role: "user", content: question },
        ],
      },
      { signal: AbortSignal.timeout(timeoutMs) },
    );
    return completion.choices?.[0]?.message?.content ?? "";
  }
}
