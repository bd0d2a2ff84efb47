/** Simulated members on the bundled deck as a data set: the figures' data if none is given. */
import {
  createRandomGenerator,
  type RandomGenerator,
  shuffled,
} from "../../../models/algebra/random.js";
import { createPopulation, simulatedVote, type Taste } from "../../playground/simulated-member.js";
import { type Deck, loadDeck } from "../../shared/deck/deck.js";
import type { Dataset, LabelledPairs, NewUser, TrainingPairs } from "../evaluate/dataset.js";
import { EMBEDDED_ENCODER } from "../evaluate/item-encoders.js";

export interface SimulationOptions {
  readonly members: number;
  readonly votesEach: number;
  readonly newUsers: number;
  readonly poolPairs: number;
  readonly testPairs: number;
  readonly seed: number;
}

export const DEFAULT_SIMULATION: Omit<SimulationOptions, "seed"> = {
  members: 120,
  votesEach: 40,
  newUsers: 150,
  poolPairs: 300,
  testPairs: 200,
};

/** The prompts that new users are tested on; everything else happens on the others. */
const TEST_SHARE = 1 / 3;

/** Members vote on two thirds of the deck's prompts; new users are tested on the rest. */
export function simulateDataset(options: SimulationOptions): Dataset {
  const random = createRandomGenerator(options.seed);
  const deck = loadDeck();
  const prompts = shuffled([...deck.prompts.keys()], random);
  const tested = prompts.splice(0, Math.floor(prompts.length * TEST_SHARE));
  const drawTaste = createPopulation(random);
  const ask = (taste: Taste, from: readonly number[], count: number) =>
    askPairs(deck, taste, from, count, random);
  const members = Array.from({ length: options.members }, () =>
    ask(drawTaste(), prompts, options.votesEach),
  );
  const newUsers = Array.from({ length: options.newUsers }, (_, user): NewUser => {
    const taste = drawTaste();
    return {
      id: `new-${user + 1}`,
      pool: ask(taste, prompts, options.poolPairs),
      test: ask(taste, tested, options.testPairs),
    };
  });
  return {
    name: "simulated members on the bundled deck",
    items: itemsOf(deck),
    training: concatenate(members),
    newUsers,
    warnings: [],
  };
}

/** The deck's answers in its order, so answer n of prompt p is row firstRow(p) + n. */
function itemsOf({ prompts }: Deck): Dataset["items"] {
  const answers = prompts.flatMap(({ answers }, prompt) =>
    answers.map(({ text }) => ({ text, prompt })),
  );
  const { dimensions, encode, id } = EMBEDDED_ENCODER;
  const features = new Float32Array(answers.length * dimensions);
  answers.forEach(({ text, prompt }, row) => {
    features.set(encode(prompts[prompt]!.prompt, text), row * dimensions);
  });
  const promptOf = Int32Array.from(answers, ({ prompt }) => prompt);
  return { count: answers.length, dimensions, features, encoderId: id, promptOf };
}

/** Random pairs of answers to one of the prompts `from`, each with this taste's vote. */
function askPairs(
  { prompts }: Deck,
  taste: Taste,
  from: readonly number[],
  count: number,
  random: RandomGenerator,
): LabelledPairs {
  const firstRow = (prompt: number) =>
    prompts.slice(0, prompt).reduce((sum, { answers }) => sum + answers.length, 0);
  const draw = (below: number) => Math.floor(random() * below);
  const pairs: (readonly [a: number, b: number, outcome: number])[] = [];
  while (pairs.length < count) {
    const prompt = from[draw(from.length)]!;
    const { answers } = prompts[prompt]!;
    const a = draw(answers.length);
    const b = (a + 1 + draw(answers.length - 1)) % answers.length;
    const vote = simulatedVote(taste, [answers[a]!, answers[b]!], random);
    // Between answers that this member likes alike there is no right order to predict.
    if (vote === "tie") continue;
    pairs.push([firstRow(prompt) + a, firstRow(prompt) + b, vote === "a" ? 1 : 0]);
  }
  return {
    count,
    a: Int32Array.from(pairs, ([a]) => a),
    b: Int32Array.from(pairs, ([, b]) => b),
    outcomes: Float32Array.from(pairs, ([, , outcome]) => outcome),
  };
}

function concatenate(members: readonly LabelledPairs[]): TrainingPairs {
  return {
    members: members.length,
    count: members.reduce((sum, { count }) => sum + count, 0),
    memberOf: Int32Array.from(members.flatMap(({ a }, member) => Array.from(a, () => member))),
    a: Int32Array.from(members.flatMap(({ a }) => [...a])),
    b: Int32Array.from(members.flatMap(({ b }) => [...b])),
    outcomes: Float32Array.from(members.flatMap(({ outcomes }) => [...outcomes])),
  };
}
