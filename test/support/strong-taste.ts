/** A member who is known through and through, written straight into a store. */
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { recordOfWeights } from "../../src/members/engine-data.js";
import { profileKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import type { TestServices } from "./test-services.js";

/** λ = `size` on every axis, or by axis, with an ellipsoid of standard deviation `deviation`. */
export async function plantTaste(
  { services }: Pick<TestServices, "services">,
  member: MemberKey,
  size: number | readonly number[],
  deviation = 0.05,
): Promise<void> {
  const { rank, version } = services.models.current as BaseRewardModel;
  const cholesky = new Float64Array(rank * rank);
  for (let axis = 0; axis < rank; axis++) cholesky[axis * rank + axis] = 1 / deviation;
  const weights = Float64Array.from({ length: rank }, (_, axis) =>
    typeof size === "number" ? size : (size[axis] ?? 0),
  );
  const userWeights = { weights, cholesky, votes: 20, modelVersion: version };
  const record = recordOfWeights(userWeights, false, services.clock());
  await services.store.profiles.set(profileKey(member), record);
}
