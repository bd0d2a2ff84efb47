/**
 * The starter base rewards, for a server without any feedback: seven readable style axes, each a
 * weighted sum of style statistics. The statistics stay among the features for ever, so learned
 * base rewards are never worse informed.
 */

import { BUILT_IN_ENCODING, type Encoding } from "../encoder/encoding.js";
import { STYLE_STATISTICS, type StyleStatistic } from "../encoder/style-statistics.js";
import type { Axis, BaseRewardModel } from "./base-rewards.js";

/** What restores the starter, for whichever encoding is set up; it needs no storage. */
export const STARTER_VERSION = "starter";

/** Whether `version` is the starter's, for whichever encoding. */
export function isStarterVersion(version: string): boolean {
  return version === STARTER_VERSION || version.startsWith(`${STARTER_VERSION}+`);
}

/** What people call `version`, and what restores it: the starter of every encoding is "starter". */
export function nameOfVersion(version: string): string {
  return isStarterVersion(version) ? STARTER_VERSION : version;
}

/**
 * User weights are made of votes with features of one encoding, so the starter of each is another
 * version: after a change of encoding every profile under it is refitted.
 */
function starterVersion({ id }: Encoding): string {
  return `${STARTER_VERSION}+${id}`;
}

type Recipe = Partial<Record<StyleStatistic, number>>;

const AXES: readonly (readonly [Axis, Recipe])[] = [
  [
    { name: "length", low: "short", high: "long" },
    { logWords: 0.6, logCharacters: 0.4 },
  ],
  [
    { name: "formality", low: "casual", high: "formal" },
    {
      formalWords: 0.35,
      wordLength: 0.2,
      longWords: 0.2,
      contractions: -0.45,
      slang: -0.45,
      formalAddress: 0.2,
      familiarAddress: -0.2,
    },
  ],
  [
    { name: "humour", low: "sober", high: "funny" },
    {
      playfulWords: 0.4,
      whimsicalNouns: 0.4,
      similes: 0.3,
      feelings: 0.2,
      roles: 0.3,
      mishaps: 0.2,
      laughter: 0.3,
    },
  ],
  [{ name: "elicitation", low: "asks nothing back", high: "asks back" }, { questions: 1 }],
  [
    { name: "enthusiasm", low: "calm", high: "enthusiastic" },
    { exclamations: 0.8, enthusiasmWords: 0.3 },
  ],
  [
    { name: "politeness", low: "blunt", high: "polite" },
    { courtesyWords: 0.8, gratitude: 0.2, deference: 0.1, apologies: 0.1 },
  ],
  [
    { name: "confidence", low: "hedged", high: "confident" },
    { certaintyWords: 0.6, hedges: -0.7 },
  ],
];

/** φ of the first day: J = 7, λ ~ N(0, I). It reads only the first block, which all encodings share. */
export function createStarterModel(encoding: Encoding = BUILT_IN_ENCODING): BaseRewardModel {
  const { id, dimensions } = encoding;
  const rank = AXES.length;
  const weights = new Float32Array(rank * dimensions);
  AXES.forEach(([, recipe], axis) => {
    for (const [statistic, weight] of Object.entries(recipe)) {
      const feature = STYLE_STATISTICS.indexOf(statistic as StyleStatistic);
      weights[axis * dimensions + feature] = weight;
    }
  });
  const precision = new Float64Array(rank * rank);
  for (let axis = 0; axis < rank; axis++) precision[axis * rank + axis] = 1;
  return {
    version: starterVersion(encoding),
    encoderId: id,
    rank,
    dimensions,
    weights,
    prior: { mean: new Float64Array(rank), precision },
    positionBias: 0,
    axes: AXES.map(([axis]) => axis),
  };
}
