/**
 * Names learned base rewards in the words of the language model: one request after a training, with
 * what their extremes look like (PReF, figure 5). Where that fails, the words found offline stay.
 */
import type { Axis, BaseRewardModel } from "../../models/rewards/base-rewards.js";
import type { Compute } from "../../workers/compute.js";
import type { OpenAIConfig } from "../config.js";
import { answerOfChoice } from "../conversation/answer-text/answer-text.js";
import type { Circuit } from "../conversation/candidates/circuit.js";
import { UselessAnswerError } from "../conversation/candidates/generation-error.js";
import type { ChatServer } from "../conversation/model-server/chat-server.js";
import type { Deck } from "../shared/deck/deck.js";
import type { Log } from "../shared/log.js";
import { AXIS_INSTRUCTION, axisQuestion, parseAxisAnswer } from "./axis-answer.js";
import { findExtremes } from "./axis-extremes.js";

/** Pairs of examples for each base reward; more make the request long and the words no better. */
const EXAMPLES = 4;

export interface AxisWordsParts {
  readonly openai: Pick<OpenAIConfig, "timeoutMs">;
  readonly server: Pick<ChatServer, "complete">;
  readonly deck: Deck;
  readonly compute: Pick<Compute, "scoreCandidates">;
  /** Of the server, shared with whatever else asks it; the request is made without one if not given. */
  readonly circuit?: Circuit;
  /** False if the day's tokens are used up: then nothing is asked. */
  readonly mayAsk?: () => boolean;
  readonly log: Log;
}

export class AxisWords {
  constructor(private readonly parts: AxisWordsParts) {}

  /** One axis for each base reward of `model`; its own axes if no good answer comes. Never throws. */
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
    const { openai, server } = this.parts;
    const completion = await server.complete(
      { instruction: AXIS_INSTRUCTION, turns: [{ role: "user", content: question }] },
      { signal: AbortSignal.timeout(openai.timeoutMs) },
    );
    const [choice] = completion.choices;
    if (choice === undefined) throw new UselessAnswerError("The answer holds no choice.");
    const answer = answerOfChoice(choice);
    return answer.kind === "text" ? answer.text : "";
  }
}
