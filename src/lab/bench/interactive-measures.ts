/**
 * The calls that a member waits for, each with the inputs it is measured on and the time it may take:
 * what a worker thread does, and the trip to it.
 */

import { ACQUISITIONS, type Acquisition } from "../../../models/acquisition/scores.js";
import { selectPair } from "../../../models/acquisition/search.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { encodeResponse, FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { shareModel } from "../../../models/rewards/base-rewards.js";
import { scoreFeatures } from "../../../models/rewards/candidate-scores.js";
import { estimateUserWeights, type UserWeights } from "../../../models/rewards/user-weights.js";
import type { Compute } from "../../../workers/compute.js";
import { updateWeights } from "../../../workers/worker.js";
import { copyComparisons, drawComparisons, drawFeatures, drawModel } from "./synthetic.js";

export interface Measure {
  /** What `--only` selects, itself or by its beginning. */
  readonly name: string;
  readonly description: string;
  /** Microseconds, for the median; none if nothing was promised. */
  readonly target?: number;
  /** What is timed, to the end of the promise if `asynchronous`. */
  run(): unknown;
  readonly asynchronous?: boolean;
  /** Runs before each repetition, untimed. */
  prepare?(): void;
}

const RANK = 8;
const ANSWERS = 40;
const CANDIDATES = 8;
/** So many candidates have 10,011 pairs. */
const POOL = 142;
const CHARACTERS = 1_500;
const SENTENCES =
  "Well, that depends! I'd start with the smaller one: it costs less, it is quieter, and you can " +
  "still change your mind. Have you thought about how often you will really use it? ";

/** The work of a worker thread, without the trip. */
export function workMeasures(): Measure[] {
  const { model, comparisons, random } = drawMember();
  const userWeights = estimateUserWeights(model, comparisons);
  const features = drawFeatures(random, CANDIDATES * FEATURE_COUNT);
  const response = SENTENCES.repeat(CHARACTERS).slice(0, CHARACTERS);
  return [
    {
      name: "update-weights",
      description: `λ and H from ${ANSWERS} answers, J=${RANK}, D=${FEATURE_COUNT}, in the worker`,
      target: 50,
      run: () => updateWeights({ model, comparisons }),
    },
    {
      name: "score",
      description: `φ, rewards and doubt of ${CANDIDATES} candidates, features given`,
      target: 50,
      run: () => scoreFeatures(model, userWeights, features),
    },
    {
      name: "encode",
      description: `features of one response of ${CHARACTERS.toLocaleString("en")} characters`,
      target: 300,
      run: () => encodeResponse(response),
    },
    ...selectionMeasures(userWeights),
  ];
}

/** Calls through the pool. */
export function tripMeasures(compute: Compute): Measure[] {
  const { model, comparisons } = drawMember();
  let given = copyComparisons(comparisons);
  return [
    {
      name: "update-weights-pool",
      description: "the same with the trip through the pool",
      target: 300,
      prepare: () => {
        given = copyComparisons(comparisons);
      },
      asynchronous: true,
      run: () => compute.updateWeights({ model, comparisons: given }),
    },
  ];
}

function drawMember() {
  const random = createRandomGenerator(1);
  const model = shareModel(drawModel(random, RANK, FEATURE_COUNT));
  return { random, model, comparisons: drawComparisons(random, model, ANSWERS) };
}

/** Candidates of variance one, so that the first questions are as uncertain as they get. */
function selectionMeasures(userWeights: UserWeights): Measure[] {
  const random = createRandomGenerator(2);
  const baseRewards = Float64Array.from(drawFeatures(random, POOL * RANK));
  const drawPairs = (count: number) =>
    Int32Array.from({ length: 2 * count }, () => Math.floor(random() * POOL));
  const [tenThousand, thousand] = [drawPairs(10_000), drawPairs(1_000)];
  const select = (acquisition: Acquisition, pairs?: Int32Array) => () =>
    selectPair(baseRewards, POOL, userWeights, acquisition, { random, ...(pairs && { pairs }) });
  return (Object.keys(ACQUISITIONS) as Acquisition[]).flatMap((acquisition) => [
    {
      name: `select-10000-${acquisition}`,
      description: `best of 10,000 given pairs by ${acquisition}`,
      target: 500,
      run: select(acquisition, tenThousand),
    },
    {
      name: `select-1000-${acquisition}`,
      description: `best of 1,000 given pairs by ${acquisition}`,
      run: select(acquisition, thousand),
    },
    {
      name: `select-all-${acquisition}`,
      description: `best of all 10,011 pairs of ${POOL} candidates by ${acquisition}`,
      target: 500,
      run: select(acquisition),
    },
  ]);
}
