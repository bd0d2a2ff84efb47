/**
 * What personal answers are worth: simulated members with hidden tastes vote on the deck, and then
 * the answer chosen for each on prompts that nobody has voted on is held against a generic one.
 */

import {
  createRandomGenerator,
  type RandomGenerator,
  shuffled,
} from "../../../models/algebra/random.js";
import { computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import { indexOfBest } from "../../../models/rewards/choice-doubt.js";
import { chooseCandidate } from "../../../models/rewards/first-choice.js";
import { priorUserWeights, type UserWeights } from "../../../models/rewards/user-weights.js";
import type { Services } from "../../compose.js";
import { type EncodedDeck, encodeDeck } from "../../members/calibration/encoded-deck.js";
import { seatNeighbours } from "../../playground/neighbours.js";
import { createPopulation, hiddenReward, type Taste } from "../../playground/simulated-member.js";
import type { Deck } from "../../shared/deck/deck.js";
import { type SimulatedVoting, simulateVotes } from "./simulated-voting.js";
import { type SteeredChoice, steeredChoice } from "./steered-choice.js";

/** After how many votes the member's own choice is measured. */
export const MILESTONES = [0, 5, 10, 20] as const;
const TEST_PROMPTS = 24;

export interface AblationOptions {
  readonly services: Services;
  readonly deck: Deck;
  readonly guildId: string;
  /** How many hidden tastes are measured. */
  readonly members: number;
  /** Candidates for each answer. */
  readonly candidates: number;
  readonly seed: number;
  readonly onProgress: (stage: string) => void;
}

/** A mean over the members, with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/**
 * How often a choice beats a generic answer, ties as half, 0 to 1. A generic answer is what a plain
 * chat bot sends: any one of the candidates. By votes of the member.
 */
export interface Ablation {
  readonly generic: Readonly<Record<number, Estimate>>;
  readonly pooled: Readonly<Record<number, Estimate>>;
  readonly personal: Readonly<Record<number, Estimate>>;
  /** The same among candidates that were asked for in the member's manners; the deck obeys. */
  readonly steered: Readonly<Record<number, Estimate>>;
  /** Whether the shared base rewards are learned ones, or the starter's because no better were found. */
  readonly learned: boolean;
}

/** φ of every answer, [n, J], and what a member really thinks of each, [n]. */
interface Choice {
  readonly rewards: Float64Array;
  readonly hidden: Float64Array;
}

/** Rows of the encoded deck, one list for each prompt of the test. */
type TestCases = readonly (readonly number[])[];

/** Seats other members, trains the base rewards on their votes, then measures. */
export async function measureAblation(options: AblationOptions): Promise<Ablation> {
  const { services, deck, guildId, seed, onProgress } = options;
  const random = createRandomGenerator(seed);
  const population = createPopulation(random);
  const prompts = shuffled(deck.prompts, random);
  const [tests, asked] = [prompts.slice(0, TEST_PROMPTS), prompts.slice(TEST_PROMPTS)];
  onProgress("other members vote");
  await seatNeighbours(services, guildId, asked, population, random);
  onProgress("the base rewards are trained");
  const { adopted } = await services.retraining.run(() => undefined);
  const model = services.models.current;
  const encoded = await encodeDeck(
    { ...deck, prompts: [...tests, ...asked] },
    model,
    services.compute,
  );
  const voting: SimulatedVoting = {
    model,
    deck: encoded,
    excluded: new Set(tests.map(({ id }) => id)),
    votes: Math.max(...MILESTONES),
  };
  const cases = drawCases(encoded, tests.length, options.candidates, random);
  // Of its own, so that what is measured beside it stays the same.
  const own = createRandomGenerator(seed + 1);
  const steered = steeredChoice({
    model,
    deck: encoded,
    candidates: options.candidates,
    random: own,
  });
  const rates = new Map<string, number[]>();
  for (let member = 0; member < options.members; member++) {
    onProgress(`member ${member + 1} of ${options.members}`);
    measureMember(population(), voting, { cases, steered }, random, rates);
  }
  return { ...summarise(rates), learned: adopted };
}

/** Adds one member's win rates, by the name of the choice and the number of votes. */
function measureMember(
  taste: Taste,
  voting: SimulatedVoting,
  { cases, steered }: { readonly cases: TestCases; readonly steered: SteeredChoice },
  random: RandomGenerator,
  rates: Map<string, number[]>,
): void {
  const { deck, model } = voting;
  const hidden = hiddenRewards(deck, taste);
  const rewards = computeBaseRewards(model, deck.features);
  const note = (name: string, rate: number) => rates.set(name, [...(rates.get(name) ?? []), rate]);
  const choice: Choice = { rewards, hidden };
  const wholePrompts = cases.map(([row]) => rowsOf(deck, deck.promptOf[row!]!));
  note(
    "generic:0",
    meanOver(cases, (rows) => meanOver(rows, (row) => winShare(rows, row, hidden))),
  );
  note(
    "pooled:0",
    meanOver(cases, (rows) => pooledShare(rows, priorUserWeights(model), choice)),
  );
  simulateVotes(taste, voting, random, (votes, userWeights) => {
    if (!MILESTONES.some((one) => one === votes)) return;
    note(
      `personal:${votes}`,
      meanOver(cases, (rows) => personalShare(rows, userWeights, choice)),
    );
    note(
      `steered:${votes}`,
      meanOver(wholePrompts, (rows) => winShare(rows, steered(rows, userWeights), hidden)),
    );
  });
}

function rowsOf({ promptOf }: EncodedDeck, prompt: number): number[] {
  return [...promptOf.keys()].filter((row) => promptOf[row] === prompt);
}

function drawCases(
  deck: EncodedDeck,
  tests: number,
  candidates: number,
  random: RandomGenerator,
): number[][] {
  return Array.from({ length: tests }, (_, prompt) =>
    shuffled(rowsOf(deck, prompt), random).slice(0, candidates),
  );
}

function hiddenRewards({ prompts, promptOf, answerOf }: EncodedDeck, taste: Taste): Float64Array {
  return Float64Array.from(promptOf, (prompt, row) =>
    hiddenReward(taste, prompts[prompt]!.answers[answerOf[row]!]!),
  );
}

/** How often the row with the highest λᵀφ beats one drawn at random. */
function pooledShare(rows: readonly number[], userWeights: UserWeights, choice: Choice): number {
  const own = candidatesOf(rows, userWeights, choice);
  return winShare(rows, rows[indexOfBest(own.rewards)]!, choice.hidden);
}

/** How often what the bot sends beats the generic answer, which is any one of the rows, put first. */
function personalShare(rows: readonly number[], userWeights: UserWeights, choice: Choice): number {
  return meanOver(rows, (generic) => {
    const ordered = [generic, ...rows.filter((row) => row !== generic)];
    const { baseRewards, rewards } = candidatesOf(ordered, userWeights, choice);
    const chosen = ordered[chooseCandidate(baseRewards, rewards, userWeights)]!;
    return winShare([generic], chosen, choice.hidden);
  });
}

function candidatesOf(rows: readonly number[], { weights }: UserWeights, { rewards }: Choice) {
  const rank = weights.length;
  const baseRewards = new Float64Array(rows.length * rank);
  rows.forEach((row, at) => {
    baseRewards.set(rewards.subarray(row * rank, (row + 1) * rank), at * rank);
  });
  const own = Float64Array.from(rows, (_, at) =>
    weights.reduce((sum, weight, axis) => sum + weight * baseRewards[at * rank + axis]!, 0),
  );
  return { baseRewards, rewards: own };
}

/** How often `chosen` is better than one of `rows` drawn at random, a tie as half. */
function winShare(rows: readonly number[], chosen: number, hidden: Float64Array): number {
  return meanOver(rows, (row) => {
    const lead = hidden[chosen]! - hidden[row]!;
    if (Math.abs(lead) < 1e-9) return 0.5;
    return lead > 0 ? 1 : 0;
  });
}

function meanOver<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0) / items.length;
}

function summarise(rates: ReadonlyMap<string, readonly number[]>): Omit<Ablation, "learned"> {
  const summary: Record<string, Record<number, Estimate>> = {};
  for (const [name, values] of rates) {
    const [choice = "", votes] = name.split(":");
    summary[choice] = { ...summary[choice], [Number(votes)]: estimate(values) };
  }
  return summary as unknown as Omit<Ablation, "learned">;
}

function estimate(values: readonly number[]): Estimate {
  const mean = meanOver(values, (value) => value);
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, standardError: Math.sqrt(variance / values.length) };
}
