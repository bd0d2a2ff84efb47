/**
 * Retraining on many comparisons, and what members notice of it: the time and memory it takes, and
 * how long interactive calls through the pool take meanwhile. Runs for a minute or more.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { type BaseRewardModel, shareModel } from "../../../models/rewards/base-rewards.js";
import type { Comparisons } from "../../../models/rewards/comparison.js";
import { priorUserWeights } from "../../../models/rewards/user-weights.js";
import type { Compute } from "../../../workers/compute.js";
import { quantile, type Result } from "./results.js";
import { copyComparisons, drawComparisons, drawModel, drawPool } from "./synthetic.js";

const MEMBERS = 2_000;
const VOTES_EACH = 50;
const DIMENSIONS = 256;
const RANK = 8;
const ANSWERS = 40;
const CANDIDATES = 8;
const MINIMUM_MEMBERS = 5;
const TARGET_SECONDS = 60;
const TARGET_MEMORY_MB = 600;
const TARGET_SLOWDOWN = 2;

const IDLE_MS = 20_000;
/** About the rate of a busy server, and short enough for many samples. */
const PAUSE_MS = 10;

/** `onStage` is called with what is being done. */
export async function measureRetraining(
  compute: Compute,
  onStage: (stage: string) => void,
): Promise<Result[]> {
  const random = createRandomGenerator(3);
  const planted = drawModel(random, RANK, DIMENSIONS);
  onStage("drawing members");
  const comparisons = drawPool(random, planted, MEMBERS, VOTES_EACH);
  const current = shareModel(drawModel(random, RANK, DIMENSIONS));
  const answers = drawComparisons(random, planted, ANSWERS);
  onStage("interactive calls while idle");
  await useFor(compute, current, answers, sleep(IDLE_MS / 4));
  const idle = await useFor(compute, current, answers, sleep(IDLE_MS));
  const started = performance.now();
  let seconds = 0;
  const options = { seed: 1, minimumMembers: MINIMUM_MEMBERS, leaveOutColluders: true };
  const request = { model: current, comparisons, ...options };
  const training = compute
    .retrain(request, ({ done, stage }) => onStage(`${Math.round(done * 100)} % ${stage}`))
    .finally(() => {
      seconds = (performance.now() - started) / 1000;
    });
  const busy = await useFor(compute, current, answers, training);
  await training;
  const size = `${comparisons.count.toLocaleString("en")} comparisons of ${MEMBERS.toLocaleString("en")} members, D=${DIMENSIONS}`;
  const once = (value: number) => ({ median: value, p95: value, repetitions: 1 });
  return [
    {
      name: "retrain",
      description: `retraining on ${size}`,
      unit: "s",
      ...once(seconds),
      target: TARGET_SECONDS,
    },
    {
      name: "retrain-memory",
      description: "peak memory of the process",
      unit: "MB",
      ...once(process.resourceUsage().maxRSS / 1024),
      target: TARGET_MEMORY_MB,
    },
    ...latencyResults(idle, busy),
  ];
}

function latencyResults(idle: Float64Array, busy: Float64Array): Result[] {
  const describe = (name: string, description: string, samples: Float64Array): Result => ({
    name,
    description,
    unit: "ms",
    median: quantile(samples, 0.5),
    p95: quantile(samples, 0.95),
    repetitions: samples.length,
  });
  const [idleP99, busyP99] = [quantile(idle, 0.99), quantile(busy, 0.99)];
  const p99Text = `p99 ${idleP99.toFixed(2)} ms idle, ${busyP99.toFixed(2)} ms during it`;
  return [
    describe("retrain-idle", "a vote and the choice of a question, idle", idle),
    describe("retrain-busy", "the same during the retraining", busy),
    {
      name: "retrain-slowdown",
      description: p99Text,
      unit: "times",
      median: busyP99 / idleP99,
      p95: busyP99 / idleP99,
      repetitions: busy.length,
      target: TARGET_SLOWDOWN,
    },
  ];
}

/** Votes and asks through the pool until `end` settles; milliseconds of each, ascending. */
async function useFor(
  compute: Compute,
  model: BaseRewardModel,
  answers: Comparisons,
  end: Promise<unknown>,
): Promise<Float64Array> {
  let ended = false;
  const stop = () => {
    ended = true;
  };
  end.then(stop, stop);
  const random = createRandomGenerator(4);
  const userWeights = priorUserWeights(model);
  const samples: number[] = [];
  while (!ended) {
    const comparisons = copyComparisons(answers);
    const baseRewards = Float64Array.from({ length: CANDIDATES * model.rank }, random);
    const start = performance.now();
    await compute.updateWeights({ model, comparisons });
    await compute.selectPair({
      baseRewards,
      count: CANDIDATES,
      userWeights,
      acquisition: "informationGain",
    });
    samples.push(performance.now() - start);
    await sleep(PAUSE_MS);
  }
  return Float64Array.from(samples).sort();
}
