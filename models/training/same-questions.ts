/**
 * Members who were asked what another one was asked: held out, they would be predicted from votes on
 * the very same questions, and settings that remember instead of learn would win. Knows no votes.
 */
import type { TrainingData } from "./training-data.js";

/** Of a member's questions; so many in common are no chance. */
const MOST = 0.75;
/** What more members than these were asked is a question for everybody. */
const FOR_EVERYBODY = 30;

/**
 * Those of `members` who share most of their questions with one other of them. Nobody where that is
 * half of all: there a few questions are asked again and again.
 */
export function askedTheSame(data: TrainingData, members: readonly number[]): Set<number> {
  const askers = new Map<number, number[]>();
  for (const member of members) {
    for (const question of questionsOf(data, member)) {
      const others = askers.get(question);
      if (others) others.push(member);
      else askers.set(question, [member]);
    }
  }
  const found = new Set<number>();
  for (const member of members) {
    const own = questionsOf(data, member);
    const shared = new Map<number, number>();
    for (const question of own) {
      const others = askers.get(question)!;
      if (others.length > FOR_EVERYBODY) continue;
      for (const other of others) {
        if (other !== member) shared.set(other, (shared.get(other) ?? 0) + 1);
      }
    }
    if (Math.max(0, ...shared.values()) > MOST * own.size) found.add(member);
  }
  return 2 * found.size < members.length ? found : new Set();
}

/** A number for each question, whichever of its responses came first. */
function questionsOf({ count, responses, starts }: TrainingData, member: number): Set<number> {
  const questions = new Set<number>();
  for (let row = starts[member]!; row < starts[member + 1]!; row++) {
    const [a, b] = [responses[2 * row]!, responses[2 * row + 1]!];
    questions.add(Math.min(a, b) * 2 * count + Math.max(a, b));
  }
  return questions;
}
