/**
 * Where the paper's training starts, for the figure of what that does: a truncated singular value
 * decomposition of what members preferred. Draws nothing.
 */
import {
  cholesky,
  solveLower,
  solveLowerTransposed,
} from "../../../models/algebra/linear-algebra.js";
import { addGram, mirrorLower } from "../../../models/algebra/products.js";
import { symmetricEigen } from "../../../models/algebra/symmetric-eigen.js";
import { flatPopulation } from "../../../models/training/estimate/implied-population.js";
import type { Population } from "../../../models/training/estimate/member-posterior.js";
import {
  type TrainingData,
  writeDifference,
} from "../../../models/training/estimate/training-data.js";

/** What of not knowing anything remains next to the singular vectors, so that others can be learned. */
const FLAT_SHARE = 0.1;
/** Added to the moment's diagonal, as a share of its mean. */
const RIDGE = 0.1;
/** The mean of (c − ½)x is a quarter of Mβ while logits are small. */
const SLOPE = 0.25;

/**
 * The population whose covariance has the `rank` leading right singular vectors of the members × P
 * matrix of mean (c − ½)x, whitened by the second moment of the differences [P, P] (PReF, section 3,
 * in feature space: no two members need to have seen the same pair).
 */
export function singularStart(data: TrainingData, moment: Float64Array, rank: number): Population {
  const size = data.dimensions;
  let trace = 0;
  for (let i = 0; i < size; i++) trace += moment[i * size + i]!;
  const ridge = (RIDGE * trace) / size;
  const factor = cholesky(
    moment.map((value, at) => (at % (size + 1) === 0 ? value + ridge : value)),
    size,
  );
  const tastes = whitenedTastes(data, factor);
  const gram = new Float64Array(size * size);
  addGram(tastes, data.members, size, 1 / data.members, gram);
  mirrorLower(gram, size);
  const { values, vectors } = symmetricEigen(gram, size);
  const used = Math.min(rank, size);
  const rows = new Float64Array(used * size);
  for (let k = 0; k < used; k++) {
    const direction = solveLowerTransposed(
      factor,
      vectors.subarray(k * size, (k + 1) * size),
      size,
    );
    const deviation = Math.sqrt(Math.max(0, values[k]!));
    direction.forEach((value, i) => {
      rows[k * size + i] = deviation * value;
    });
  }
  const { mean, covariance, positionBias } = flatPopulation(size);
  const started = covariance.map((value) => FLAT_SHARE * value);
  addGram(rows, used, size, 1, started);
  mirrorLower(started, size);
  return { mean, covariance: started, positionBias };
}

/** One row for each member: C⁻¹ of their mean (c − ½)x over ¼, [members, P]. */
function whitenedTastes(data: TrainingData, factor: Float64Array): Float64Array {
  const { dimensions: size, members, outcomes, starts } = data;
  const tastes = new Float64Array(members * size);
  const difference = new Float64Array(size);
  for (let member = 0; member < members; member++) {
    const own = tastes.subarray(member * size, (member + 1) * size);
    const count = starts[member + 1]! - starts[member]!;
    for (let row = starts[member]!; row < starts[member + 1]!; row++) {
      writeDifference(data, row, difference, 0);
      const weight = (outcomes[row]! - 0.5) / (SLOPE * count);
      for (let i = 0; i < size; i++) own[i]! += weight * difference[i]!;
    }
    own.set(solveLower(factor, own.slice(), size));
  }
  return tastes;
}
