/**
 * Members who were asked what another one was asked: held out, they would be predicted from votes on
 * the very same questions, and settings that remember instead of learn would win. Knows no votes.
 */
import { askersOf, NO_CHANCE, questionOf, sharedQuestions } from "../collusion/questions.js";
import type { TrainingData } from "../estimate/training-data.js";

/** What more members than these were asked is a question for everybody. */
const FOR_EVERYBODY = 30;

/**
 * Those of `members` who share most of their questions with one other of them. Nobody if that is
 * half of all: there a few questions are asked again and again.
 */
export function askedTheSame(data: TrainingData, members: readonly number[]): Set<number> {
  const questions = new Map(members.map((member) => [member, questionsOf(data, member)]));
  const askers = askersOf(questions);
  const found = new Set<number>();
  for (const [member, own] of questions) {
    const toFew = [...own]
      .map((question) => askers.get(question)!)
      .filter(({ length }) => length <= FOR_EVERYBODY);
    const shared = sharedQuestions(member, toFew);
    if (Math.max(0, ...shared.values()) > NO_CHANCE * own.size) found.add(member);
  }
  return 2 * found.size < members.length ? found : new Set();
}

function questionsOf(data: TrainingData, member: number): Set<number> {
  const questions = new Set<number>();
  for (let row = data.starts[member]!; row < data.starts[member + 1]!; row++) {
    questions.add(questionOf(data, row));
  }
  return questions;
}
