import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { quantile, resultsTable } from "../../../src/lab/bench/results.js";

const run = promisify(execFile);
const BENCH = join("dist", "src", "lab", "bench", "main.js");

describe("npm run bench", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "attune-bench-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("measures what it was asked for, and writes the machine and the results", async () => {
    const file = join(folder, "results.json");
    const only = "score,update-weights";
    const { stdout } = await run(process.execPath, [BENCH, "--only", only, "--json", file]);
    expect(stdout.split("\n")[0]).toMatch(/\d cores?, \d+ GB, Node \d+.*, tfjs backend \w+/);
    const { machine, results } = JSON.parse(await readFile(file, "utf8"));
    expect(machine).toMatchObject({ node: process.versions.node });
    const names = results.map((result: { name: string }) => result.name);
    expect(names).toEqual(["update-weights", "score", "update-weights-pool"]);
    for (const { median, p95, repetitions } of results) {
      expect(median).toBeGreaterThan(0);
      expect(p95).toBeGreaterThanOrEqual(median);
      expect(repetitions).toBeGreaterThan(1);
    }
    for (const name of names) expect(stdout).toContain(name);
  });

  it("says how it is used where it is asked for something that it can't measure", async () => {
    const failing = run(process.execPath, [BENCH, "--only", "everything"]);
    await expect(failing).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no such measure[\s\S]*--only/),
    });
  });
});

describe("the table of results", () => {
  it("marks what took longer than promised", () => {
    const base = { name: "score", description: "", unit: "µs", p95: 90, repetitions: 5 } as const;
    expect(resultsTable([{ ...base, median: 60, target: 50 }])).toContain("50 µs (missed)");
    expect(resultsTable([{ ...base, median: 40, target: 50 }])).not.toContain("missed");
  });

  it("takes a quantile as the value that the share of all others lies below", () => {
    const samples = Float64Array.from({ length: 100 }, (_, at) => at);
    expect(quantile(samples, 0.5)).toBe(50);
    expect(quantile(samples, 0.95)).toBe(95);
    expect(quantile(Float64Array.of(7), 0.99)).toBe(7);
  });
});
