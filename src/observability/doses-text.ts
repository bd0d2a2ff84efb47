/** What directives were seen to do to a language model's answers, in words. No I/O. */
import { type DoseTable, doseResponse, unmovedAxes } from "../../models/steering/dose-response.js";
import { STEERABLE_AXES } from "../../models/steering/steerable-axes.js";
import type { Say } from "../language/say.js";

/** One line; each axis with how far one step of dose moves it, in standard deviations. */
export function dosesText(table: DoseTable, say: Say): string {
  const unmoved = unmovedAxes(table);
  const seen = STEERABLE_AXES.filter((axis) => table[axis].count > 0);
  if (seen.length === 0) return "nothing is known yet";
  return seen
    .map((axis) => {
      const { slope, standardError, count } = doseResponse(table[axis]);
      const figure = `${slope.toFixed(2)} ± ${standardError.toFixed(2)}`;
      const fate = unmoved.has(axis) ? "; not moved, so not asked for" : "";
      return `${say(`manner.${axis}`)} ${figure} (${count.toFixed(0)} answers${fate})`;
    })
    .join(" · ");
}
