/**
 * Whether a language model's thoughts can be told from its answer before the answer is whole. One whose
 * template opens the thoughts sends only their end: until that comes they look like an answer. Knows no server.
 */
import type { ChatCompletion } from "openai/resources/chat/completions";
import { answerOfChoice } from "./answer-text.js";

export class ThinkingHabits {
  #seen = false;
  #mixed = false;

  /** True once a whole answer was seen, and none in which only the end told what was thought. */
  get areOpen(): boolean {
    return this.#seen && !this.#mixed;
  }

  /** Takes in a completion. One that was cut says nothing: its end is what counts. */
  saw({ choices }: ChatCompletion): void {
    for (const choice of choices) {
      const answer = answerOfChoice(choice);
      if (answer.kind !== "text" || answer.isCut) continue;
      this.#seen = true;
      const { content } = choice.message;
      this.#mixed ||= typeof content === "string" && !isTold(content, answer.text);
    }
  }
}

/** How much of an answer's beginning is looked at, in UTF-16 units. */
const BEGINNING = 20;
/** A mark, or a heading, that says that thoughts begin. */
const OPENED = /^(?:[<[◁◂＜&`*]|analysis|Here)/;

/** Whether `raw` begins as the answer does, or with something that says what begins. */
function isTold(raw: string, answer: string): boolean {
  const plain = raw.trimStart();
  return plain.startsWith(answer.slice(0, BEGINNING)) || OPENED.test(plain);
}
