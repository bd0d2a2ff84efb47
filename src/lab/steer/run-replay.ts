/** All arms at all compliances on one pool: populations, replays, means with errors. */
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { emptyDoseTable } from "../../../models/steering/dose-response.js";
import type { Estimate } from "../evaluate/metrics.js";
import { type Arm, REFERENCES } from "./arms.js";
import { figureOver, type PopulationRuns } from "./figures-over.js";
import { type Neighbourhood, settle } from "./neighbours.js";
import type { Utilities } from "./people.js";
import type { Pool } from "./pools.js";
import { type Checkpoint, replayPerson } from "./replay.js";

/** Another seed for each population; seeds of neighbouring runs share none. */
const SEEDS_APART = 1_000;

export interface ReplayOptions {
  readonly arms: readonly Arm[];
  readonly compliances: readonly number[];
  /** Each with tastes of its own kind and its own base rewards. */
  readonly populations: number;
  /** Of each population. */
  readonly people: number;
  readonly checkpoints: readonly number[];
  readonly seed: number;
  readonly onProgress?: (done: number, stage: string) => void;
}

/** Every list has one number for each checkpoint. */
export interface ArmFigures {
  readonly compliance: number;
  readonly arm: string;
  readonly utility: readonly Estimate[];
  /** Minus those of another arm, by its name, paired by person. */
  readonly utilityOver: Readonly<Record<string, readonly Estimate[]>>;
  readonly auc: readonly Estimate[];
  readonly aucOver: Readonly<Record<string, readonly Estimate[]>>;
  readonly ballots: readonly number[];
  readonly requests: readonly number[];
  readonly tokens: readonly number[];
}

export interface ReplayReport {
  readonly pool: string;
  readonly populations: number;
  readonly people: number;
  readonly checkpoints: readonly number[];
  /** The mean true utility of the best text of each held-out prompt. */
  readonly oracle: number;
  readonly arms: readonly ArmFigures[];
}

export async function runReplay(pool: Pool, options: ReplayOptions): Promise<ReplayReport> {
  const { arms, checkpoints, compliances, onProgress = () => {}, people, populations } = options;
  const runs = new Map<string, Checkpoint[][][]>();
  for (let population = 0; population < populations; population++) {
    const stage = `population ${population + 1} of ${populations}`;
    onProgress(0, stage);
    const seed = options.seed * SEEDS_APART + population;
    const neighbourhood = await settle(pool, seed);
    const persons = Array.from({ length: people }, neighbourhood.draw);
    compliances.forEach((compliance, at) => {
      arms.forEach((arm, done) => {
        onProgress((at + done / arms.length) / compliances.length, stage);
        const key = keyOf(compliance, arm.name);
        const results = replayArm(neighbourhood, persons, { arm, compliance, checkpoints, seed });
        runs.set(key, [...(runs.get(key) ?? []), results]);
      });
    });
  }
  const figures = compliances.flatMap((compliance) =>
    arms.map(({ name }) => figuresOf(compliance, name, runs)),
  );
  const [first] = runs.values();
  const oracle = figureOver(first!, 0, ({ best }) => best).mean;
  return { pool: pool.name, populations, people, checkpoints, oracle, arms: figures };
}

function keyOf(compliance: number, arm: string): string {
  return `${compliance} ${arm}`;
}

interface ArmRun {
  readonly arm: Arm;
  readonly compliance: number;
  readonly checkpoints: readonly number[];
  readonly seed: number;
}

function replayArm(
  { pool, model, gains, asked, heldOut }: Neighbourhood,
  persons: readonly Utilities[],
  { arm, compliance, checkpoints, seed }: ArmRun,
): Checkpoint[][] {
  const seen = { table: emptyDoseTable() };
  return persons.map((utilities, person) =>
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
}

function figuresOf(
  compliance: number,
  arm: string,
  runs: ReadonlyMap<string, PopulationRuns>,
): ArmFigures {
  const own = runs.get(keyOf(compliance, arm))!;
  const points = [...own[0]![0]!.keys()];
  const over = (figure: (checkpoint: Checkpoint) => number, other?: PopulationRuns) =>
    points.map((point) => figureOver(own, point, figure, other));
  const means = (figure: (checkpoint: Checkpoint) => number) =>
    over(figure).map(({ mean }) => mean);
  const overOthers = (figure: (checkpoint: Checkpoint) => number) =>
    Object.fromEntries(
      REFERENCES.flatMap((name) => {
        const other = runs.get(keyOf(compliance, name));
        return other === undefined || name === arm ? [] : [[name, over(figure, other)]];
      }),
    );
  return {
    compliance,
    arm,
    utility: over(({ utility }) => utility),
    utilityOver: overOthers(({ utility }) => utility),
    auc: over(({ auc }) => auc),
    aucOver: overOthers(({ auc }) => auc),
    ballots: means(({ ballots }) => ballots),
    requests: means(({ cost }) => cost.requests),
    tokens: means(({ cost }) => cost.tokens),
  };
}
