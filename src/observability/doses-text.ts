/** What directives were seen to do to a language model's answers, in words. No I/O. */
import { type DoseTable, doseResponse, unmovedAxes } from "../../models/steering/dose-response.js";
import { STEERABLE_AXES } from "../../models/steering/steerable-axes.js";
import { decimal } from "../language/figures.js";
import type { Say } from "../language/say.js";

/** One line; each axis with how far one step of dose moves it, in standard deviations. */
export function dosesText(table: DoseTable, say: Say): string {
  const unmoved = unmovedAxes(table);
  const seen = STEERABLE_AXES.filter((axis) => table[axis].count > 0);
  if (seen.length === 0) return say("status.noDoses");
  return seen
    .map((axis) => {
      const { slope, standardError, count } = doseResponse(table[axis]);
      const facts = {
        axis: say(`manner.${axis}`),
        slope: decimal(slope, say, 2),
        error: decimal(standardError, say, 2),
        answers: count.toFixed(0),
      };
      return unmoved.has(axis) ? say("status.unmovedDose", facts) : say("status.dose", facts);
    })
    .join(" · ");
}
