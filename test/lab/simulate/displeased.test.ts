import { describe, expect, it } from "vitest";
import { PRESSES, READINGS, simulateDispleased } from "../../../src/lab/simulate/displeased.js";
import { displeasedTable } from "../../../src/lab/simulate/displeased-report.js";

const MEMBERS = 40;

describe("the simulation of Another answer", () => {
  const content = simulateDispleased("content", MEMBERS, 1);
  const manner = simulateDispleased("manner", MEMBERS, 1);

  it("finds the answer shown first behind, because only the displeased ask for another", () => {
    for (const { learned } of [content, manner]) {
      expect(learned.positionBias).toBeLessThan(-0.3);
      expect(learned.scale).toBeGreaterThan(0);
      expect(learned.scale).toBeLessThanOrEqual(1);
    }
  });

  it("finds members understood better with the button than without, as the votes are learned to be read", () => {
    for (const { regret } of [content, manner]) {
      const { 0: without, 20: after } = regret["as learned"];
      expect(after!.mean).toBeLessThan(without!.mean);
      for (const reading of READINGS) expect(regret[reading][0]).toEqual(without);
    }
  });

  it("gives the same table with the same seed, with a figure for each reading and number of votes", () => {
    const again = simulateDispleased("content", MEMBERS, 1);
    expect(again).toEqual(content);
    const table = displeasedTable([content, manner], MEMBERS);
    for (const reading of READINGS) expect(table.split(reading)).toHaveLength(3);
    expect(table.match(/\d\.\d{3} \(\d\.\d{3}\)/g)).toHaveLength(
      2 * READINGS.length * PRESSES.length,
    );
  });
});
