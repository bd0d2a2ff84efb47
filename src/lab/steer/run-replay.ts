/** All arms at all compliances on one pool: people, base rewards, replays, means with errors. */
import {
  createRandomGenerator,
  type RandomGenerator,
  shuffled,
} from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { estimateAxisGains } from "../../../models/steering/axis-gains.js";
import { emptyDoseTable } from "../../../models/steering/dose-response.js";
import { trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { type Estimate, estimateOf } from "../evaluate/metrics.js";
import { ARMS, PLAIN } from "./arms.js";
import { createPeople, type Utilities, voteOf } from "./people.js";
import type { Pool } from "./pools.js";
import { type Checkpoint, replayPerson } from "./replay.js";

const HELD_OUT_SHARE = 0.3;
const MOST_HELD_OUT = 20;
const NEIGHBOURS = 40;
const VOTES_OF_A_NEIGHBOUR = 20;

export interface ReplayOptions {
  readonly compliances: readonly number[];
  readonly people: number;
  readonly checkpoints: readonly number[];
  readonly seed: number;
  readonly onProgress?: (done: number, stage: string) => void;
}

export interface ArmFigures {
  readonly compliance: number;
  readonly arm: string;
  /** One for each checkpoint. */
  readonly utility: readonly Estimate[];
  /** Minus that of plain × 4, paired by person. */
  readonly overPlain: readonly Estimate[];
  readonly auc: readonly Estimate[];
  readonly ballots: readonly number[];
  readonly requests: readonly number[];
  readonly tokens: readonly number[];
}

export interface ReplayReport {
  readonly pool: string;
  readonly people: number;
  readonly checkpoints: readonly number[];
  /** The mean true utility of the best text of each held-out prompt. */
  readonly oracle: number;
  readonly arms: readonly ArmFigures[];
}

export async function runReplay(pool: Pool, options: ReplayOptions): Promise<ReplayReport> {
  const { checkpoints, compliances, onProgress = () => {}, people, seed } = options;
  const random = createRandomGenerator(seed);
  const prompts = shuffled([...pool.rowsOf.keys()], random);
  const heldOutCount = Math.min(MOST_HELD_OUT, Math.round(prompts.length * HELD_OUT_SHARE));
  const [heldOut, asked] = [prompts.slice(0, heldOutCount), prompts.slice(heldOutCount)];
  const draw = createPeople(pool, random);
  onProgress(0, "training base rewards");
  const model = await learnFromNeighbours(pool, asked, draw, random);
  const gains = estimateAxisGains(model, pool.features, pool.promptOf);
  const persons = Array.from({ length: people }, draw);
  const arms: ArmFigures[] = [];
  let oracle = 0;
  for (const compliance of compliances) {
    const runs = new Map<string, Checkpoint[][]>();
    for (const arm of ARMS) {
      onProgress(runs.size / ARMS.length, `compliance ${compliance}: ${arm.name}`);
      const seen = { table: emptyDoseTable() };
      const results = persons.map((utilities, person) =>
        replayPerson({
          pool,
          model,
          gains,
          arm,
          compliance,
          utilities,
          asked,
          heldOut,
          checkpoints,
          seen,
          random: createRandomGenerator(seed * 1_000_003 + person),
        }),
      );
      runs.set(arm.name, results);
    }
    const plain = runs.get(PLAIN)!;
    oracle = plain.reduce((sum, [first]) => sum + first!.best / people, 0);
    for (const [arm, results] of runs) arms.push(figuresOf(compliance, arm, results, plain));
  }
  return { pool: pool.name, people, checkpoints, oracle, arms };
}

function figuresOf(
  compliance: number,
  arm: string,
  results: readonly Checkpoint[][],
  plain: readonly Checkpoint[][],
): ArmFigures {
  const points = [...results[0]!.keys()];
  const over = (figure: (checkpoint: Checkpoint) => number) =>
    points.map((point) => estimateOf(results.map((person) => figure(person[point]!))));
  const means = (figure: (checkpoint: Checkpoint) => number) =>
    over(figure).map(({ mean }) => mean);
  return {
    compliance,
    arm,
    utility: over(({ utility }) => utility),
    overPlain: points.map((point) =>
      estimateOf(results.map((person, at) => person[point]!.utility - plain[at]![point]!.utility)),
    ),
    auc: over(({ auc }) => auc),
    ballots: means(({ ballots }) => ballots),
    requests: means(({ cost }) => cost.requests),
    tokens: means(({ cost }) => cost.tokens),
  };
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
