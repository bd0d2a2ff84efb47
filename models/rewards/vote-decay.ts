/**
 * Drift: tastes change, so an old vote may count less than a new one. Knows no clock: a vote ages
 * by the votes that come after it, so that a pause takes nothing away.
 */

/**
 * w_s ½^(later votes / halfLife) for `weights` [n] in the order of the votes, the last one as it
 * is; the same weights for an infinite half-life. Throws RangeError if `halfLife` is not positive.
 */
export function decayWeights(weights: Float32Array, halfLife: number): Float32Array {
  if (!(halfLife > 0)) throw new RangeError(`A half-life of ${halfLife} votes is not positive.`);
  const last = weights.length - 1;
  return weights.map((weight, vote) => weight * 0.5 ** ((last - vote) / halfLife));
}
