import { describe, expect, it } from "vitest";
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import {
  doseResponse,
  emptyDoseTable,
  provenAxes,
  unmovedAxes,
  withCandidate,
} from "../../../models/steering/dose-response.js";
import { AXIS_COUNT, STEERABLE_AXES } from "../../../models/steering/steerable-axes.js";
import type { Directive } from "../../../models/steering/vocabulary.js";

/** A model that moves axis s by `slopes[s]` a step of dose, give or take a standard deviation. */
function learned(slopes: readonly number[], candidates: number) {
  const random = createRandomGenerator(7);
  let table = emptyDoseTable();
  for (let candidate = 0; candidate < candidates; candidate++) {
    const at = candidate % AXIS_COUNT;
    const directive: Directive = {
      axis: STEERABLE_AXES[at]!,
      pole: random() < 0.5 ? -1 : 1,
      dose: (1 + Math.floor(random() * 3)) as Directive["dose"],
    };
    const response = Float64Array.from(slopes, (slope, axis) => {
      const moved = axis === at ? slope * directive.pole * directive.dose : 0;
      return moved + drawStandardNormal(random);
    });
    table = withCandidate(table, [directive], response);
  }
  return table;
}

describe("dose and response", () => {
  it("finds by how much a model moves each axis", () => {
    const slopes = [0.6, 0.3, 0, 0.5, -0.2, 0.1];
    const table = learned(slopes, 3_000);
    STEERABLE_AXES.forEach((axis, at) => {
      const { slope, standardError } = doseResponse(table[axis]);
      expect(Math.abs(slope - slopes[at]!)).toBeLessThan(4 * standardError);
    });
  });

  it("drops the axes that a model does not move, once it has seen enough of them", () => {
    const slopes = [0.6, 0.5, -0.1, 0.5, -0.3, 0.5];
    expect([...unmovedAxes(learned(slopes, 240))]).toEqual([]);
    expect(unmovedAxes(learned(slopes, 12_000))).toEqual(new Set(["humour", "structure"]));
  });

  it("takes an axis for proven once it surely moves, and never for one that does not", () => {
    const slopes = [0.6, 0.5, 0, 0.5, -0.3, 0.5];
    expect([...provenAxes(learned(slopes, 60))]).toEqual([]);
    const table = learned(slopes, 1_200);
    expect(provenAxes(table)).toEqual(new Set(["length", "formality", "askingBack", "warmth"]));
  });

  it("is not moved by numbers that are none, nor far by a single candidate", () => {
    const ask: Directive = { axis: "length", pole: 1, dose: 1 };
    const broken = withCandidate(emptyDoseTable(), [ask], new Float64Array(6).fill(Number.NaN));
    expect(broken).toEqual(emptyDoseTable());
    const far = withCandidate(emptyDoseTable(), [ask], new Float64Array(6).fill(1e300));
    expect(doseResponse(far.length).slope).toBeLessThanOrEqual(4);
  });
});
