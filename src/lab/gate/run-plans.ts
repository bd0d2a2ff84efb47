/** Runs all plans with all seeds, as many at once as there are cores. Prints nothing. */
import { availableParallelism } from "node:os";
import PQueue from "p-queue";
import { type Compute, createCompute } from "../../../workers/compute.js";
import { type Cell, cellsOf } from "./cells.js";
import type { Plan } from "./plans.js";
import { type Outcome, runPlan } from "./run-plan.js";

export interface PlansRun {
  readonly plans: readonly Plan[];
  /** Each plan runs with the seeds 1 to `seeds`. */
  readonly seeds: number;
  /** `done` runs from 0 to 1. */
  readonly onProgress: (done: number, stage: string) => void;
}

/** The cells of all plans, in their order. Throws `ComputeError`. */
export async function runPlans({ onProgress, plans, seeds }: PlansRun): Promise<Cell[]> {
  const lanes = availableParallelism();
  // One pool has one thread for trainings, which has nobody to stand back for.
  const pool = () => createCompute({ threads: 1, trainingNice: 0 });
  const free: Compute[] = Array.from({ length: lanes }, pool);
  const all = [...free];
  const queue = new PQueue({ concurrency: lanes });
  const total = plans.length * seeds;
  let done = 0;
  const run = async (plan: Plan, seed: number): Promise<Outcome[]> => {
    const compute = free.pop()!;
    try {
      return await runPlan(plan, seed, compute);
    } finally {
      free.push(compute);
      onProgress(++done / total, `${plan.members} people, ${plan.coins ? "coins" : "tastes"}`);
    }
  };
  try {
    const outcomes = plans.map((plan) =>
      Promise.all(Array.from({ length: seeds }, (_, seed) => queue.add(() => run(plan, seed + 1)))),
    );
    const found = await Promise.all(outcomes);
    return plans.flatMap((plan, at) => cellsOf(plan, found[at]!));
  } finally {
    queue.clear();
    await Promise.all(all.map((compute) => compute.close()));
  }
}
