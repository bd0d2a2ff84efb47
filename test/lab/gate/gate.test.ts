import { describe, expect, it } from "vitest";
import { cellTable, ratesText } from "../../../src/lab/gate/cell-table.js";
import { cellsOf } from "../../../src/lab/gate/cells.js";
import type { Plan } from "../../../src/lab/gate/plans.js";
import { runPlans } from "../../../src/lab/gate/run-plans.js";
import { runProgram } from "../../support/run-program.js";

describe("npm run gate", () => {
  it("trains, adopts, lets people vote some more and trains again", async () => {
    const plan: Plan = {
      ...{ members: 24, votes: 24, coins: false },
      seconds: [
        { votes: 24, joined: 0, happening: "same tastes" },
        { votes: 48, joined: 6, happening: "same tastes" },
      ],
    };
    const stages: number[] = [];
    const onProgress = (done: number) => void stages.push(done);
    const cells = await runPlans({ plans: [plan], seeds: 1, onProgress });
    expect(cells.map(({ votesBefore, votesAfter }) => [votesBefore, votesAfter])).toEqual([
      [0, 24],
      [24, 24],
      [24, 48],
    ]);
    const [first, nothing, more] = cells;
    expect(first).toMatchObject({ members: 24, seeds: 1, better: 1, worse: 0 });
    expect(more!.gain).toBeGreaterThan(0.01);
    if (first!.adopted === 1) expect(nothing).toMatchObject({ adopted: 0, worse: 1, gain: 0 });
    expect(more).toMatchObject({ adopted: 1, adoptedBetter: 1, joined: 6 });
    expect(stages).toEqual([1]);
  }, 600_000);

  it("finds the same for the same seeds", async () => {
    const plan: Plan = { members: 12, votes: 10, coins: false, seconds: [] };
    const run = () => runPlans({ plans: [plan], seeds: 2, onProgress: () => undefined });
    expect(await run()).toEqual(await run());
  }, 600_000);

  it("counts what is better by more than .01 nats, what is not better at all, and what was adopted", () => {
    const plan: Plan = { members: 40, votes: 20, coins: true, seconds: [] };
    const outcome = (adopted: boolean, gain: number) => [{ adopted, gain }];
    const cells = cellsOf(plan, [
      outcome(true, 0.02),
      outcome(false, 0.02),
      outcome(true, 0.01),
      outcome(true, 0),
      outcome(false, -0.5),
    ]);
    const counts = { seeds: 5, adopted: 3, better: 2, worse: 2, adoptedBetter: 1, adoptedWorse: 1 };
    expect(cells).toMatchObject([
      { happening: "coins", votesBefore: 0, votesAfter: 20, ...counts },
    ]);
    expect(cellTable(cells)).toContain("0 → 20");
    expect(ratesText(cells)).toContain("adopted 1 of 2 (50.0 %)");
    expect(ratesText([])).toContain("0 of 0");
  });

  it.each([
    [["--seeds", "0"], /at least 1/],
    [["--seeds", "many"], /whole number/],
    [["--seeds", "-3"], /whole number/],
    [["--json"], /argument missing/],
    [["--unknown"], /unknown option/],
    [["extra"], /too many arguments/],
  ])("explains itself and ends with 2 where it is called with %j", async (parameters, message) => {
    const { code, errors, output } = await runProgram("src/lab/gate/main.js", parameters, {});
    expect(code).toBe(2);
    expect(errors).toMatch(message);
    expect(errors).toContain("npm run gate --");
    expect(output).toBe("");
  });
});
