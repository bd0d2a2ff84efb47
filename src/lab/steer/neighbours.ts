/**
 * The server that planted people come to: prompts that ballots are about, others that nobody has voted
 * on, and base rewards learned from other people of the same kind.
 */
import {
  createRandomGenerator,
  type RandomGenerator,
  shuffled,
} from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { type AxisGains, estimateAxisGains } from "../../../models/steering/axis-gains.js";
import { trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { createPeople, type Utilities, voteOf } from "./people.js";
import type { Pool } from "./pools.js";

const HELD_OUT_SHARE = 0.3;
const MOST_HELD_OUT = 20;
const NEIGHBOURS = 40;
const VOTES_OF_A_NEIGHBOUR = 20;

export interface Neighbourhood {
  readonly pool: Pool;
  readonly model: BaseRewardModel;
  readonly gains: AxisGains;
  /** Prompts that ballots are about, and prompts that nobody votes on. */
  readonly asked: readonly number[];
  readonly heldOut: readonly number[];
  /** One more person of the same kind. */
  readonly draw: () => Utilities;
}

/** One population on `pool`, with base rewards learned from some of its people. */
export async function settle(pool: Pool, seed: number): Promise<Neighbourhood> {
  const random = createRandomGenerator(seed);
  const prompts = shuffled([...pool.rowsOf.keys()], random);
  const heldOutCount = Math.min(MOST_HELD_OUT, Math.round(prompts.length * HELD_OUT_SHARE));
  const [heldOut, asked] = [prompts.slice(0, heldOutCount), prompts.slice(heldOutCount)];
  const draw = createPeople(pool, random);
  const model = await learnFromNeighbours(pool, asked, draw, random);
  const gains = estimateAxisGains(model, pool.features, pool.promptOf);
  return { pool, model, gains, asked, heldOut, draw };
}

/** The base rewards that a server of such people would have learned; the starter where they are few. */
async function learnFromNeighbours(
  pool: Pool,
  asked: readonly number[],
  draw: () => Utilities,
  random: RandomGenerator,
): Promise<BaseRewardModel> {
  await chooseBackend();
  const count = NEIGHBOURS * VOTES_OF_A_NEIGHBOUR;
  const { dimensions } = pool;
  const [featuresA, featuresB] = [
    new Float32Array(count * dimensions),
    new Float32Array(count * dimensions),
  ];
  const outcomes = new Float32Array(count);
  const memberOf = new Int32Array(count);
  const row = (at: number) => pool.features.subarray(at * dimensions, (at + 1) * dimensions);
  for (let vote = 0, person = draw(); vote < count; vote++) {
    memberOf[vote] = Math.floor(vote / VOTES_OF_A_NEIGHBOUR);
    if (vote > 0 && vote % VOTES_OF_A_NEIGHBOUR === 0) person = draw();
    const rows = pool.rowsOf[asked[Math.floor(random() * asked.length)]!]!;
    const [a, b] = shuffled(rows, random);
    featuresA.set(row(a!), vote * dimensions);
    featuresB.set(row(b!), vote * dimensions);
    outcomes[vote] = voteOf(person, a!, b!, random);
  }
  const starter = createStarterModel();
  const { model } = await trainBaseRewards(
    {
      count,
      featuresA,
      featuresB,
      outcomes,
      memberOf,
      positions: new Float32Array(count),
      weights: new Float32Array(count).fill(1),
      members: NEIGHBOURS,
    },
    starter,
    { seed: 1, encoderId: starter.encoderId, starter, minimumMembers: 5, leaveOutColluders: false },
  );
  return model;
}
