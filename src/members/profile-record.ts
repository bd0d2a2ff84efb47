/** User weights to and from their stored form. */
import type { UserWeights } from "../../models/rewards/user-weights.js";
import type { ProfileRecord } from "../store/records.js";
import {
  lowerTriangleFromText,
  lowerTriangleToText,
  numbersFromText,
  numbersToText,
} from "../store/vector-text.js";

/** `userWeights` ready to be stored. `stale` says that a comparison is missing in them. */
export function recordOfWeights(
  userWeights: UserWeights,
  stale: boolean,
  updatedAt: number,
): ProfileRecord {
  const { weights, cholesky, votes, modelVersion } = userWeights;
  return {
    weights: numbersToText(weights),
    cholesky: lowerTriangleToText(cholesky, weights.length),
    ...{ votes, modelVersion, stale, updatedAt },
  };
}

/** The weights that {@link recordOfWeights} stored, exactly. Throws `VectorTextError`. */
export function weightsOfRecord(record: ProfileRecord): UserWeights {
  const weights = numbersFromText(record.weights);
  return {
    weights,
    cholesky: lowerTriangleFromText(record.cholesky, weights.length),
    votes: record.votes,
    modelVersion: record.modelVersion,
  };
}
