import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { learnableDataset, writeDataset } from "../../support/small-dataset.js";

const COMMAND = join("dist", "src", "lab", "figures", "main.js");

describe("npm run figures", () => {
  let folder: string;
  let remove: () => void;

  beforeAll(() => {
    ({ folder, remove } = writeDataset(learnableDataset(1)));
  });
  afterAll(() => remove());

  it("draws the six figures of a data set, each with its labels", () => {
    const out = join(folder, "pictures");
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [COMMAND, folder, "--out", out, "--answers", "0,2,6"],
      { encoding: "utf8" },
    );
    expect(status, stderr).toBe(0);
    const labels: Record<string, string[]> = {
      "figure-2-answers.svg": ["Attune, random questions", "individual model", "global model"],
      "figure-3a-regularisation.svg": ["as chosen", "no shrinkage"],
      "figure-3b-base-rewards.svg": ["J = 1", "J = 2"],
      "figure-3c-acquisition.svg": ["ellipsoid (the paper)", "mutual information (BALD)", "random"],
      "figure-4-training-data.svg": ["6 members", "24 members", "3 votes each", "24 votes each"],
      "figure-5-named-axes.svg": ["What the base rewards are about", "contractions"],
    };
    expect(readdirSync(out).sort()).toEqual(Object.keys(labels).sort());
    expect(stdout.trim().split("\n")).toHaveLength(6);
    for (const [file, texts] of Object.entries(labels)) {
      const svg = readFileSync(join(out, file), "utf8");
      for (const text of ["learnable", ...texts]) expect(svg, file).toContain(`>${text}`);
      expect(svg).not.toContain("NaN");
    }
  });

  it("explains itself and ends with 2 where it is called wrongly", () => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, "--encoder", "none"], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("Usage: npm run figures --");
  });
});
