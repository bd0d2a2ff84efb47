import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CrowdResult } from "../../../src/lab/crowd/measure-crowd.js";
import { runProgram } from "../../support/run-program.js";

const PROGRAM = "src/lab/crowd/main.js";

describe("npm run crowd", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("trains on no more votes than a retraining reads, and predicts the same new people", async () => {
    const json = join(folder, "crowd.json");
    const sizes = ["--people", "30,300,3000", "--votes", "10", "--comparisons", "3000"];
    const { code, output } = await runProgram(PROGRAM, [...sizes, "--json", json], {});
    expect(code).toBe(0);
    const { results } = JSON.parse(readFileSync(json, "utf8")) as { results: CrowdResult[] };
    const [few, many, cut] = results as [CrowdResult, CrowdResult, CrowdResult];
    expect(
      results.map(({ people, trained, comparisons }) => [people, trained, comparisons]),
    ).toEqual([
      [30, 30, 300],
      [300, 300, 3000],
      [3000, 300, 3000],
    ]);
    const mean = ({ behind }: CrowdResult) =>
      behind.reduce((sum, value) => sum + value, 0) / behind.length;
    expect(mean(many)).toBeLessThan(mean(few));
    expect(mean(cut)).toBeGreaterThan(0);
    for (const { bestAccuracy } of results) expect(bestAccuracy).toBe(few.bestAccuracy);
    for (const { accuracy } of results) expect(accuracy).toBeLessThan(few.bestAccuracy);
    for (const { memoryMB, seconds } of results) expect(memoryMB * seconds).toBeGreaterThan(0);
    expect(output).toContain("behind the planted rewards");
  });

  it.each([
    [["--people", "many"], /whole number/],
    [["--votes", "0"], /at least 1/],
  ])("says what is wrong with %s", async (parameters, problem) => {
    const { code, errors } = await runProgram(PROGRAM, parameters, {});
    expect(code).toBe(2);
    expect(errors).toMatch(problem);
  });

  it("ends with an error when the people are too few", async () => {
    const { code, errors } = await runProgram(PROGRAM, ["--people", "3"], {});
    expect(code).toBe(1);
    expect(errors).toContain("NotEnoughFeedbackError");
    expect(errors).toContain("The training on 3 people ended with code 1");
  });
});
