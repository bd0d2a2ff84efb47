/** Which questions members were asked: pairs of responses, whichever came first. Knows no votes. */
import type { TrainingData } from "../estimate/training-data.js";

/** Of a member's questions; so many in common with another one are no chance. */
export const NO_CHANCE = 0.75;

/** A number for the question of `row`, the same whichever of its responses came first. */
export function questionOf({ count, responses }: TrainingData, row: number): number {
  const [a, b] = [responses[2 * row]!, responses[2 * row + 1]!];
  return Math.min(a, b) * 2 * count + Math.max(a, b);
}

/** Who was asked each question, from the questions of each member. */
export function askersOf(
  questions: Iterable<readonly [member: number, own: Iterable<number>]>,
): Map<number, number[]> {
  const askers = new Map<number, number[]>();
  for (const [member, own] of questions) {
    for (const question of own) {
      const others = askers.get(question);
      if (others) others.push(member);
      else askers.set(question, [member]);
    }
  }
  return askers;
}

/** How many questions of `member` each other member was asked as well, from the askers of each. */
export function sharedQuestions(
  member: number,
  askersOfEach: Iterable<readonly number[]>,
): Map<number, number> {
  const shared = new Map<number, number>();
  for (const askers of askersOfEach) {
    for (const other of askers) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  shared.delete(member);
  return shared;
}
