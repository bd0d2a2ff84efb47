/**
 * How many candidates an answer needs: many while it is in doubt what the member likes, few once it
 * is as good as certain. Knows no texts: it decides before they are written.
 */
import { standardNormalTail } from "../algebra/normal.js";
import type { Slot } from "./spread.js";
import type { AxisStance } from "./stances.js";

/** The choice is as good as certain where another manner is better with less than this probability. */
const AS_GOOD_AS_CERTAIN = 0.1;
/** Plain and exploit. */
const FEWEST = 2;

/**
 * The probability that a plain answer would please the member more than one in the manner of
 * `exploit`: Φ(−Σ|m_s| / √Σv_s) over the axes that are asked for; 0.5 where nothing is.
 */
export function doubtOfManner(stances: readonly AxisStance[], exploit: Slot): number {
  const asked = new Set(exploit.directives.map(({ axis }) => axis));
  let wish = 0;
  let variance = 0;
  for (const { axis, mean, deviation } of stances) {
    if (!asked.has(axis)) continue;
    wish += Math.abs(mean);
    variance += deviation * deviation;
  }
  return variance === 0 ? 0.5 : standardNormalTail(wish / Math.sqrt(variance));
}

/** Of at most `most`: all of them in doubt, two when the choice is as good as certain. */
export function candidatesNeeded(doubt: number, most: number): number {
  return doubt < AS_GOOD_AS_CERTAIN ? Math.min(FEWEST, most) : most;
}
