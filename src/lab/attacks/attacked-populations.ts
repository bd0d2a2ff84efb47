/**
 * What the defence against colluding accounts costs planted populations that nobody attacks, and
 * what it saves those that somebody does. Reads no files.
 */
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { trustedMembers } from "../../../models/training/collusion/trust.js";
import {
  differenceScales,
  prepareTrainingData,
} from "../../../models/training/estimate/training-data.js";
import type { Items, NewUser, TrainingPairs } from "../evaluate/dataset.js";
import { scorableUsers } from "../evaluate/draw-users.js";
import { measureCurve } from "../evaluate/learning-curve.js";
import { estimateOf } from "../evaluate/metrics.js";
import { type KindName, type PlantedDataset, plantDataset } from "../evaluate/planted-dataset.js";
import { poolComparisons, trainOn } from "../evaluate/train-model.js";
import { type StrategyName, withColluders } from "./colluders.js";

export type AttackName = "none" | StrategyName;

export interface SimulationOptions {
  readonly kind: KindName;
  readonly attacks: readonly AttackName[];
  readonly share: number;
  readonly populations: number;
  readonly seed: number;
}

/** One population under one attack. AUCs differ from those of training on all honest members alone. */
export interface AttackedPopulation {
  readonly honest: number;
  readonly honestLeftOut: number;
  readonly colluders: number;
  readonly colludersLeftOut: number;
  /** Mean difference of new users after {@link STOPS} answers, with and without the defence. */
  readonly defended: readonly number[];
  readonly undefended: readonly number[];
  /** Differences of each honest member who was left out and votes anew, [stops][members]. */
  readonly leftOut: readonly (readonly number[])[];
}

/** Answers that users are scored after. */
export const STOPS = [0, 5, 20];
const NEW_USERS = 60;
const TRAINING = { seed: 1, hiddenUnits: 0 } as const;

/** Yields the populations of each attack, one of each attack after the other. */
export async function* simulateAttacks({
  kind,
  attacks,
  share,
  populations,
  seed,
}: SimulationOptions): AsyncGenerator<{ attack: AttackName; population: AttackedPopulation }> {
  for (let number = 0; number < populations; number++) {
    const dataset = plantDataset(
      kind,
      { newUsers: NEW_USERS },
      createRandomGenerator(1000 * seed + number),
    );
    const score = await scorerOf(dataset, dataset.training, false);
    for (const attack of attacks) {
      yield { attack, population: await simulate(dataset, attack, share, score) };
    }
  }
}

/** AUCs of users, [stops][users]. */
type Scorer = (users: readonly NewUser[]) => readonly (readonly number[])[];

async function simulate(
  dataset: PlantedDataset,
  attack: AttackName,
  share: number,
  clean: Scorer,
): Promise<AttackedPopulation> {
  const { items, membersAnew, newUsers, training } = dataset;
  const random = createRandomGenerator(TRAINING.seed);
  const attacked =
    attack === "none" ? training : withColluders({ items, training }, attack, share, random);
  const left = membersLeftOut(items, attacked);
  const honest = left.filter((member) => member < training.members);
  const undefended = attack === "none" ? clean : await scorerOf(dataset, attacked, false);
  const defended = left.length === 0 ? undefended : await scorerOf(dataset, attacked, true);
  const users = scorableUsers(newUsers);
  const differences = (scorer: Scorer, of: readonly NewUser[]) => {
    const before = clean(of);
    return scorer(of).map((aucs, stop) => aucs.map((auc, user) => auc - before[stop]![user]!));
  };
  const mean = (scorer: Scorer) =>
    differences(scorer, users).map((values) => estimateOf(values).mean);
  return {
    honest: training.members,
    honestLeftOut: honest.length,
    colluders: attacked.members - training.members,
    colludersLeftOut: left.length - honest.length,
    defended: mean(defended),
    undefended: mean(undefended),
    leftOut: differences(
      defended,
      honest.map((member) => membersAnew[member]!).filter(hasBothLabels),
    ),
  };
}

function hasBothLabels({ test }: NewUser): boolean {
  return test.outcomes.includes(0) && test.outcomes.includes(1);
}

/** Those whom training with the same seed leaves out. */
function membersLeftOut(items: Items, training: TrainingPairs): number[] {
  const pooled = poolComparisons(items, training);
  const scales = differenceScales(pooled, items.dimensions);
  const data = prepareTrainingData(pooled, items.dimensions, scales);
  const members = [...Array(data.members).keys()];
  const trusted = new Set(trustedMembers(data, members, createRandomGenerator(TRAINING.seed)));
  return members.filter((member) => !trusted.has(member));
}

async function scorerOf(
  { items }: PlantedDataset,
  training: TrainingPairs,
  leaveOutColluders: boolean,
): Promise<Scorer> {
  const { result } = await trainOn(items, training, { ...TRAINING, leaveOutColluders });
  const options = { ask: "random", answers: STOPS, seed: TRAINING.seed } as const;
  return (users) => measureCurve(result.model, items, users, options).map(({ aucs }) => aucs);
}
