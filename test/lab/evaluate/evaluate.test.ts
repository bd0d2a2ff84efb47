import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../src/lab/evaluate/report.js";
import { learnableDataset, writeDataset } from "../../support/small-dataset.js";

const COMMAND = join("dist", "src", "lab", "evaluate", "main.js");

function evaluate(...parameters: string[]) {
  return spawnSync(process.execPath, [COMMAND, ...parameters], { encoding: "utf8" });
}

describe("npm run evaluate", () => {
  let folder: string;
  let remove: () => void;

  beforeAll(() => {
    expect(existsSync(COMMAND), `run "npm run build" first`).toBe(true);
    ({ folder, remove } = writeDataset(learnableDataset(1)));
  });
  afterAll(() => remove());

  function report(name: string, ...parameters: string[]): Report {
    const file = join(folder, name);
    const { status, stderr } = evaluate(folder, "--json", file, ...parameters);
    expect(status, stderr).toBe(0);
    return JSON.parse(readFileSync(file, "utf8"));
  }

  it("learns what can be learned, and writes all figures", () => {
    const found = report("all.json", "--answers", "0,2,10", "--acquisition", "all");
    expect(found).toMatchObject({ dataset: "learnable", encoder: "file:learnable", users: 12 });
    const acquisitions = Object.keys(found.auc);
    expect(acquisitions).toContain("random");
    expect(acquisitions.length).toBeGreaterThanOrEqual(6);
    for (const shape of [found.auc, found.standardError, found.winRate!]) {
      expect(Object.keys(shape)).toEqual(acquisitions);
      for (const figures of Object.values(shape)) {
        expect(Object.keys(figures)).toEqual(["0", "2", "10"]);
      }
    }
    for (const acquisition of acquisitions) {
      expect(found.auc[acquisition]![10]).toBeGreaterThan(found.auc[acquisition]![0]! + 0.05);
      expect(found.winRate![acquisition]![10]).toBeGreaterThan(0.6);
      expect(found.auc[acquisition]![0]).toBe(found.baselines.global.auc[0]);
    }
    for (const error of Object.values(found.calibration)) expect(error).toBeLessThan(0.25);
    expect(Object.keys(found.microseconds.updateWeights)).toEqual(["10", "40"]);
    expect(Object.keys(found.microseconds.selectPair)).toEqual(["1000", "10000"]);
    expect(Object.keys(found.microseconds.scoreCandidates)).toEqual(["8"]);
    expect(found.peakMemoryMB).toBeGreaterThan(10);
    expect(found.trainSeconds).toBeGreaterThan(0);
  });

  it("finds the same for the same seed, and draws users by it", () => {
    const parameters = ["--answers", "0,3", "--acquisition", "random", "--users", "5"];
    const figures = ({ auc, calibration, rank, standardError, users, winRate }: Report) => ({
      auc,
      calibration,
      rank,
      standardError,
      users,
      winRate,
    });
    const first = figures(report("first.json", ...parameters, "--seed", "4"));
    expect(first.users).toBe(5);
    expect(figures(report("again.json", ...parameters, "--seed", "4"))).toEqual(first);
    expect(figures(report("other.json", ...parameters, "--seed", "5"))).not.toEqual(first);
  });

  it("turns tastes round, from which a half-life recovers sooner", () => {
    const parameters = ["--answers", "20,21,32", "--change-at", "20"];
    const steady = report("steady.json", ...parameters);
    const decaying = report("decaying.json", ...parameters, "--half-life", "5");
    expect(decaying).toMatchObject({ changeAt: 20, halfLife: 5 });
    const [auc] = Object.values(steady.auc);
    expect(auc![20]).toBeGreaterThan(0.6);
    expect(auc![21]).toBeLessThan(0.4);
    expect(auc![32]).toBeLessThan(0.6);
    expect(Object.values(decaying.auc)[0]![32]).toBeGreaterThan(auc![32]! + 0.1);
  });

  it("draws the learning curves with a legend, on a background of its own", () => {
    const file = join(folder, "curves.svg");
    const { status, stderr } = evaluate(folder, "--answers", "0,4", "--users", "3", "--plot", file);
    expect(status, stderr).toBe(0);
    const svg = readFileSync(file, "utf8");
    expect(svg).toMatch(/^<svg[^>]*>/);
    for (const text of ["learnable", "everybody alike", "answers", "ROC AUC", "win rate"]) {
      expect(svg).toContain(text);
    }
    expect(svg).toMatch(/fill="white"/);
  });

  it("prints the figures as a table", () => {
    const { stdout } = evaluate(folder, "--answers", "0,4", "--users", "3");
    expect(stdout).toMatch(/learnable: \d+ base rewards from 576 comparisons of 24 members/);
    expect(stdout).toMatch(/everybody alike/);
    expect(stdout).toMatch(/│ \d\.\d{3} ±\d\.\d{3} │/);
  });

  it.each([
    [[]],
    [["--answers", "0,many"]],
    [["--acquisition", "guessing"]],
    [["--encoder", "other"]],
    [["--users", "0"]],
    [["--unknown"]],
  ])("explains itself and ends with 2 where it is called with %s", (wrong: string[]) => {
    const { status, stderr } = evaluate(...(wrong.length > 0 ? [folder] : []), ...wrong);
    expect(status).toBe(2);
    expect(stderr).toMatch(/Usage: npm run evaluate -- \[options\] <dataset>/);
  });

  it("ends with 1 and one line where the data set is not there", () => {
    const { status, stderr } = evaluate(join(folder, "elsewhere"));
    expect(status).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
