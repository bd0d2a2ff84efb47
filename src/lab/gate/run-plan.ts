/** Runs one plan once: both trainings through the product's own thread, and what new people say. */

import { createRandomGenerator, type RandomGenerator } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { Compute } from "../../../workers/compute.js";
import { ANSWERED, likelihoodOnNewPeople, PREDICTED } from "./new-people.js";
import type { Plan, Second } from "./plans.js";
import {
  DIMENSIONS,
  drawTaste,
  drawVotes,
  drawWorld,
  type PlantedVote,
  type Taste,
  type World,
} from "./planted-people.js";
import { type PersonVotes, poolVotes } from "./pool-votes.js";

const NEW_PEOPLE = 500;
/** As the product trains. */
const TRAINING = { seed: 1, minimumMembers: 5, leaveOutColluders: true };

/** What the gate said of a candidate, and what new people say of it. */
export interface Outcome {
  readonly adopted: boolean;
  /** Candidate minus current on new people, nats a vote. */
  readonly gain: number;
}

type MaybeTaste = Taste | undefined;

/** How things stand when the first training is done. */
interface Beginning {
  readonly plan: Plan;
  readonly world: World;
  readonly tastes: readonly MaybeTaste[];
  readonly votes: readonly (readonly PlantedVote[])[];
  readonly current: BaseRewardModel;
  /** Whether `current` was trained with `votes`. */
  readonly trained: boolean;
}

/** The outcome of the first training, and of each second one in the order of the plan. */
export async function runPlan(plan: Plan, seed: number, compute: Compute): Promise<Outcome[]> {
  const random = createRandomGenerator(seed);
  const world = drawWorld(random);
  const tastes = drawTastes(world, plan.members, plan.coins, random);
  const votes = tastes.map((taste) => drawVotes(taste, plan.votes, random));
  const unseen = votes.map((own) => ({ votes: own, trainedBefore: 0 }));
  const model = ignorant();
  const first = await compute.retrain(
    { model, comparisons: poolVotes(unseen), ...TRAINING },
    () => undefined,
  );
  const { adopted } = first;
  const current = adopted ? first.model : model;
  const beginning = { plan, world, tastes, votes, current, trained: adopted };
  const gain = gainOf(first.model, model, drawNewPeople(world, plan.coins, random));
  const outcomes: Outcome[] = [{ adopted, gain }];
  for (const second of plan.seconds) {
    outcomes.push(await runSecond(beginning, second, createRandomGenerator(seed), compute));
  }
  return outcomes;
}

async function runSecond(
  beginning: Beginning,
  second: Second,
  random: RandomGenerator,
  compute: Compute,
): Promise<Outcome> {
  const { current, plan, trained, votes } = beginning;
  const changed = second.happening === "other tastes";
  // One draw for another world, whether it is needed or not.
  const another = drawWorld(random);
  const world = changed ? another : beginning.world;
  const tastes = changed ? drawTastes(world, plan.members, false, random) : beginning.tastes;
  const more = second.votes - plan.votes;
  const before = votes.map((own, person): PersonVotes => {
    const later = drawVotes(tastes[person], more, random);
    return { votes: [...own, ...later], trainedBefore: trained ? own.length : 0 };
  });
  const joined = drawTastes(world, second.joined, plan.coins, random).map(
    (taste): PersonVotes => ({ votes: drawVotes(taste, more, random), trainedBefore: 0 }),
  );
  const { adopted, model } = await compute.retrain(
    { model: current, comparisons: poolVotes([...before, ...joined]), ...TRAINING },
    () => undefined,
  );
  return { adopted, gain: gainOf(model, current, drawNewPeople(world, plan.coins, random)) };
}

function gainOf(
  candidate: BaseRewardModel,
  current: BaseRewardModel,
  people: readonly (readonly PlantedVote[])[],
): number {
  return likelihoodOnNewPeople(candidate, people) - likelihoodOnNewPeople(current, people);
}

function drawTastes(
  world: World,
  people: number,
  coins: boolean,
  random: RandomGenerator,
): MaybeTaste[] {
  return Array.from({ length: people }, () => (coins ? undefined : drawTaste(world, random)));
}

function drawNewPeople(world: World, coins: boolean, random: RandomGenerator): PlantedVote[][] {
  return drawTastes(world, NEW_PEOPLE, coins, random).map((taste) =>
    drawVotes(taste, ANSWERED + PREDICTED, random),
  );
}

/** What answers before anything was learned: every answer is worth the same. */
function ignorant(): BaseRewardModel {
  return {
    version: "ignorant",
    encoderId: "planted",
    rank: 1,
    dimensions: DIMENSIONS,
    weights: new Float32Array(DIMENSIONS),
    prior: { mean: new Float64Array(1), precision: Float64Array.of(1) },
    positionBias: 0,
    axes: [{ name: "nothing", low: "nothing", high: "nothing" }],
  };
}
