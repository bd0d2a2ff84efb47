/**
 * Accounts that take another one's questions and vote the opposite. Tastes differ, but votes are too
 * uncertain to be turned round one by one: of two such accounts one follows the other. Knows no tastes.
 */
import { type RandomGenerator, shuffled } from "../../algebra/random.js";
import type { TrainingData } from "../estimate/training-data.js";
import { askersOf, NO_CHANCE, questionOf, sharedQuestions } from "./questions.js";

/** In fewer questions members with opposed tastes may differ throughout. */
const FEWEST = 30;
/** Who shares most of so many questions, the ones that the fewest others were asked, is looked at. */
const RAREST = 20;
/** Of the questions in common. Opposed tastes agree more often than in one of ten. */
const OPPOSITE = 0.9;

/** What a member preferred, by question: negative or positive for either response, 0 for a tie. */
type Choices = ReadonlyMap<number, number>;

/**
 * `members` without those who vote the opposite of one who stays in nearly all that they were asked. Votes do
 * not tell who follows whom: who stays is drawn.
 */
export function withoutMirrors(
  data: TrainingData,
  members: readonly number[],
  random: RandomGenerator,
): readonly number[] {
  const opposites = oppositesOf(data, members);
  if (opposites.size === 0) return members;
  const left = new Set<number>();
  const staying = new Set<number>();
  for (const member of shuffled(members, random)) {
    const follows = opposites.get(member)?.some((other) => staying.has(other));
    (follows ? left : staying).add(member);
  }
  return members.filter((member) => !left.has(member));
}

/** Those who vote the opposite of others, with these others. */
function oppositesOf(data: TrainingData, members: readonly number[]): Map<number, number[]> {
  const choices = new Map(members.map((member) => [member, choicesOf(data, member)]));
  const askers = askersOf([...choices].map(([member, own]) => [member, own.keys()] as const));
  const opposites = new Map<number, number[]>();
  for (const [member, own] of choices) {
    if (own.size < FEWEST) continue;
    for (const other of sharingMost(member, own, askers)) {
      if (!isOpposite(own, choices.get(other)!)) continue;
      opposites.set(member, [...(opposites.get(member) ?? []), other]);
      opposites.set(other, [...(opposites.get(other) ?? []), member]);
    }
  }
  return opposites;
}

function choicesOf(data: TrainingData, member: number): Choices {
  const { outcomes, responses, starts } = data;
  const choices = new Map<number, number>();
  for (let row = starts[member]!; row < starts[member + 1]!; row++) {
    const question = questionOf(data, row);
    const sign = responses[2 * row]! < responses[2 * row + 1]! ? 1 : -1;
    choices.set(question, (choices.get(question) ?? 0) + sign * (outcomes[row]! - 0.5));
  }
  return choices;
}

/** The others who were asked most of the rarest of `own` questions. */
function sharingMost(member: number, own: Choices, askers: ReadonlyMap<number, number[]>) {
  const rarest = [...own.keys()]
    .map((question) => askers.get(question)!)
    .sort((first, second) => first.length - second.length)
    .slice(0, RAREST);
  const shared = sharedQuestions(member, rarest);
  return [...shared].filter(([, count]) => count > NO_CHANCE * RAREST).map(([other]) => other);
}

function isOpposite(own: Choices, others: Choices): boolean {
  let asked = 0;
  let opposite = 0;
  for (const [question, choice] of own) {
    const other = others.get(question);
    if (other === undefined) continue;
    asked++;
    if (choice * other < 0) opposite++;
  }
  return asked >= FEWEST && asked > NO_CHANCE * own.size && opposite >= OPPOSITE * asked;
}
