/** Language models and judges on loopback for a live run: they write as told, or not, and judge by a rule. */
import { encodeResponses } from "../../models/encoder/encoder.js";
import { scoreFeatures } from "../../models/rewards/candidate-scores.js";
import { FACT_QUESTIONS } from "../../src/lab/steer/live/fact-questions.js";
import { QUALITY_INSTRUCTION, TASTE_INSTRUCTION } from "../../src/lab/steer/live/judging.js";
import type { Plan } from "../../src/lab/steer/live/plan.js";
import { REFUSAL_QUESTIONS } from "../../src/lab/steer/live/refusal-questions.js";
import { obedientAnswer, sentencesTold } from "./obedient-answers.js";
import { STYLES, styledAnswer } from "./styled-answers.js";

type Answer = (question: string, index: number, system: string) => string;

const REFUSAL = "I'm sorry, but I can't help with that.";

/** Does as it is told, and writes in any style where it is told nothing; knows the facts, and turns down what it should. */
export const obedientWriter: Answer = (question, index, system) => {
  if (REFUSAL_QUESTIONS.includes(question)) return REFUSAL;
  const fact = FACT_QUESTIONS.find((one) => one.question === question);
  const answer =
    sentencesTold(system).length > 0
      ? obedientAnswer(question, index, system)
      : styledAnswer(question, STYLES[index % STYLES.length]!, index);
  return fact === undefined ? answer : `${fact.expects[0]}. ${answer}`;
};

/** Turns everything down. */
export const refusingWriter: Answer = () => REFUSAL;

/** Knows the people of `plan` by their choices, and prefers what their own weights do; of quality the longer. */
export function judgeOfPeople({ model, voters, textOf }: Plan): Answer {
  return (question) => {
    const [[a = ""], [b = ""]] = [textsIn(question, "A"), textsIn(question, "B")];
    const preferred = textsIn(question, "preferred");
    if (preferred.length === 0) return a.length > b.length ? "A" : "B";
    const { userWeights } = voters.find(({ shown }) =>
      shown.every((vote, at) => textOf(vote.preferred).startsWith(preferred[at]!.slice(0, 60))),
    )!;
    const { rewards } = scoreFeatures(model, userWeights, encodeResponses([a, b]));
    return rewards[0] === rewards[1] ? "T" : rewards[0]! > rewards[1]! ? "A" : "B";
  };
}

/** Prefers whatever stands first. */
export const judgeOfTheFirst: Answer = () => "A";

/** Both on one server. */
export function writerAndJudge(writer: Answer, judge: Answer): Answer {
  return (question, index, system) =>
    isJudged(system) ? judge(question, index, system) : writer(question, index, system);
}

export function isJudged(system: string): boolean {
  return [TASTE_INSTRUCTION, QUALITY_INSTRUCTION].includes(system);
}

function textsIn(question: string, tag: string): string[] {
  return question
    .split(`<${tag}>\n`)
    .slice(1)
    .map((part) => part.split(`\n</${tag}>`)[0]!);
}
