/**
 * How many candidates an answer needs, and of which manners: a spread while it is in doubt what the
 * member likes; a few of the one manner that is as good as certain to please, which one request can
 * write. Knows no texts: it decides before they are written.
 */
import { standardNormalTail } from "../algebra/normal.js";
import type { RandomGenerator } from "../algebra/random.js";
import { type DirectiveOptions, directivesFor } from "./directives.js";
import { type Slot, spreadOf } from "./spread.js";
import { type AxisStance, type StanceParts, stancesOf } from "./stances.js";
import type { SteerableAxis } from "./steerable-axes.js";

/** A manner is as good as certain where a plain answer pleases more with less than this probability. */
const AS_GOOD_AS_CERTAIN = 0.05;
/** Of one manner: chance still makes one of them the best. */
const OF_ONE_MANNER = 3;

export interface MannerOptions extends DirectiveOptions {
  /** The axes that the language model surely moves; asking for any other settles nothing. */
  readonly proven: ReadonlySet<SteerableAxis>;
}

/**
 * The slots of one answer, `most` at most: as {@link spreadOf}, and fewer once the doubt is gone. A
 * language model that does not do as it is told keeps its spread, so that there is a choice.
 */
export function mannersFor(
  parts: StanceParts,
  options: MannerOptions,
  most: number,
  random: RandomGenerator,
): Slot[] {
  const stances = stancesOf(parts);
  const exploit: Slot = { kind: "exploit", directives: directivesFor(stances, options) };
  if (doubtOfManner(stances, exploit, options.proven) >= AS_GOOD_AS_CERTAIN) {
    return spreadOf(parts, options, most, random);
  }
  return Array.from({ length: Math.min(OF_ONE_MANNER, most) }, () => exploit);
}

/**
 * The probability that a plain answer would please the member more than one in the manner of
 * `exploit`: Φ(−Σ|m_s| / √Σv_s) over the `proven` axes among those that are asked for; 0.5 where there is none.
 */
function doubtOfManner(
  stances: readonly AxisStance[],
  exploit: Slot,
  proven: ReadonlySet<SteerableAxis>,
): number {
  const axes = exploit.directives.map(({ axis }) => axis);
  const asked = new Set(axes.filter((axis) => proven.has(axis)));
  let wish = 0;
  let variance = 0;
  for (const { axis, mean, deviation } of stances) {
    if (!asked.has(axis)) continue;
    wish += Math.abs(mean);
    variance += deviation * deviation;
  }
  return variance === 0 ? 0.5 : standardNormalTail(wish / Math.sqrt(variance));
}
