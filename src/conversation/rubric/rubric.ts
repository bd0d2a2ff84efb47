/**
 * Scores of the bot's own texts on a few axes of style, from the language model. What members write never
 * comes here. Without an answer every score is in the middle, which says nothing.
 */
import { RUBRIC_AXES, rubricFeatures } from "../../../models/encoder/rubric.js";
import type { Config } from "../../config.js";
import type { Limits } from "../../limits/limits.js";
import { Deadline } from "../../shared/deadline.js";
import { deckLanguages, loadDeck } from "../../shared/deck/deck.js";
import type { Log } from "../../shared/log.js";
import { answerOfChoice } from "../answer-text/answer-text.js";
import type { Circuit } from "../candidates/circuit.js";
import { UselessAnswerError, withoutWords } from "../candidates/generation-error.js";
import type { ChatServer } from "../model-server/chat-server.js";
import { parseRubricAnswer, rubricQuestion } from "./rubric-question.js";

/** A member waits for it. */
const LONGEST_WAIT_MS = 10_000;
/** An author's +1 and −1 in the deck, in the features' own unit. */
const DECK_SCORE = 1;

export interface RubricParts {
  readonly server: Pick<ChatServer, "complete">;
  readonly circuit?: Circuit;
  /** False if the day's tokens are used up: then nothing is asked. */
  readonly mayAsk?: () => boolean;
  readonly log: Log;
}

/** The rubric of the configuration; undefined where it is off. */
export function createRubric({
  config,
  server,
  circuit,
  limits,
  log,
}: {
  readonly config: Pick<Config, "rubric">;
  readonly server: ChatServer | undefined;
  readonly circuit: Circuit;
  readonly limits: Pick<Limits, "outOfTokens">;
  readonly log: Log;
}): Rubric | undefined {
  if (!config.rubric || server === undefined) return undefined;
  const mayAsk = () => limits.outOfTokens(undefined) === undefined;
  return new Rubric({ server, circuit, mayAsk, log });
}

export class Rubric {
  /** The deck's answers, whose authors have said what they are; read when one is first asked about. */
  #deck: ReadonlyMap<string, Float32Array> | undefined;

  constructor(private readonly parts: RubricParts) {}

  /** Of each text, [n, R] row-major. One request for all that are not the deck's. Never throws. */
  async featuresOf(texts: readonly string[]): Promise<Float32Array> {
    const features = new Float32Array(texts.length * RUBRIC_AXES.length);
    const asked: number[] = [];
    texts.forEach((text, row) => {
      const known = this.#deckScores.get(text);
      if (known === undefined) asked.push(row);
      else features.set(known, row * RUBRIC_AXES.length);
    });
    if (asked.length === 0) return features;
    const scores = await this.#ask(asked.map((row) => texts[row]!));
    asked.forEach((row, at) => {
      if (scores[at] !== undefined) features.set(scores[at], row * RUBRIC_AXES.length);
    });
    return features;
  }

  /** All or none: texts of one answer are compared with each other. */
  async #ask(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const { circuit, log, mayAsk } = this.parts;
    if (mayAsk?.() === false) return [];
    try {
      const ask = () => this.#request(texts);
      return await (circuit?.run(ask) ?? ask());
    } catch (error) {
      log.warn({ event: "rubric.unscored", texts: texts.length, err: withoutWords(error) });
      return [];
    }
  }

  async #request(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const deadline = new Deadline(LONGEST_WAIT_MS);
    try {
      const completion = await this.parts.server.complete(rubricQuestion(texts), {
        signal: deadline.signal,
      });
      const answer = answerOfChoice(completion.choices[0]);
      if (answer.kind !== "text") throw new UselessAnswerError("The answer holds no scores.");
      return parseRubricAnswer(answer.text, texts.length).map(rubricFeatures);
    } finally {
      deadline.end();
    }
  }

  get #deckScores(): ReadonlyMap<string, Float32Array> {
    this.#deck ??= new Map(
      deckLanguages().flatMap((language) =>
        loadDeck(language).prompts.flatMap(({ answers }) =>
          answers.map(({ style, text }) => [
            text,
            Float32Array.from(RUBRIC_AXES, (axis) => DECK_SCORE * style[axis]),
          ]),
        ),
      ),
    );
    return this.#deck;
  }
}
