/** How far candidates came out from the plain one of the same message. Pure. */
import type { AxisGains } from "../../../models/steering/axis-gains.js";
import type { Slot } from "../../../models/steering/spread.js";
import { AXIS_COUNT, axisValues } from "../../../models/steering/steerable-axes.js";
import type { Directive } from "../../../models/steering/vocabulary.js";

export interface RealisedResponse {
  readonly directives: readonly Directive[];
  /** In standard deviations of each axis, [S]. */
  readonly response: Float64Array;
}

/**
 * One for each candidate that was asked for in a manner, against the mean of the plain ones; none
 * where there is no plain one. `features` is [n, D] row-major, in the order of `slots`.
 */
export function realisedResponses(
  { deviations }: Pick<AxisGains, "deviations">,
  features: Float32Array,
  dimensions: number,
  slots: readonly Slot[],
): RealisedResponse[] {
  const values = axisValues(features, dimensions);
  const at = (row: number, axis: number) => values[row * AXIS_COUNT + axis]!;
  const plain = [...slots.keys()].filter((row) => slots[row]!.directives.length === 0);
  if (plain.length === 0) return [];
  const floor = Float64Array.from(
    { length: AXIS_COUNT },
    (_, axis) => plain.reduce((sum, row) => sum + at(row, axis), 0) / plain.length,
  );
  return [...slots.keys()]
    .filter((row) => slots[row]!.directives.length > 0)
    .map((row) => ({
      directives: slots[row]!.directives,
      response: Float64Array.from(
        { length: AXIS_COUNT },
        (_, axis) => (at(row, axis) - floor[axis]!) / deviations[axis]!,
      ),
    }));
}
