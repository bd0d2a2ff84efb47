import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { percentilesOf } from "../../../src/lab/load/report.js";
import { runProgram } from "../../support/run-program.js";

const PROGRAM = "src/lab/load/main.js";

describe("npm run load", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("answers every message once and stores every vote once, and leaves nothing behind", async () => {
    const json = join(folder, "report.json");
    const store = join(folder, "stores");
    const size = ["--members", "60", "--comparisons", "600"];
    const load = ["--seconds", "10", "--messages", "5", "--reactions", "20", "--no-retraining"];
    const early = ["--warm-up", "2"];
    const parameters = [
      ...size,
      ...load,
      ...early,
      "--model-delay",
      "20",
      "--folder",
      store,
      "--json",
      json,
    ];
    const { code, errors, output } = await runProgram(PROGRAM, parameters, {});
    expect(code, errors).toBe(0);
    const report = JSON.parse(readFileSync(json, "utf8"));
    expect(report.messages).toEqual({ sent: 60, answered: 60, doubled: 0, failed: 0 });
    expect(report.votes.sent).toBeGreaterThan(5);
    expect(report.votes).toMatchObject({
      ...{ stored: report.votes.sent, surplus: 0, profilesBehind: 0 },
    });
    expect(report).toMatchObject({ sessions: 1, exitCode: 0, watched: { failed: 0 } });
    expect(report.watched.checks).toBeGreaterThan(0);
    expect(report.watched.eventLoopP99Ms).toBeGreaterThan(0);
    expect(report.reactions).toBeGreaterThan(200);
    for (const time of ["p50", "p95", "p99"]) {
      expect(report.latencyMs[time]).toBeGreaterThan(0);
      expect(report.latencyWarmingUpMs[time]).toBeGreaterThan(0);
    }
    for (const when of ["start", "end", "peak"]) {
      expect(report.residentMB[when]).toBeGreaterThan(50);
    }
    expect(output).toContain("60 sent, 60 answered");
    expect(output).toContain("for 10 s, and 2 s before");
    expect(readdirSync(store)).toEqual([expect.stringMatching(/^store-\d+-60-600\.sqlite$/)]);
  });

  it("counts an answer when it is there, not the line that says it is being written", async () => {
    const json = join(folder, "slow.json");
    const size = ["--members", "60", "--comparisons", "600", "--folder", join(folder, "stores")];
    const load = [
      "--warm-up",
      "0",
      "--seconds",
      "7",
      "--messages",
      "2",
      "--reactions",
      "4",
      "--no-retraining",
    ];
    const slow = ["--model-delay", "5000", "--json", json];
    const { code, errors } = await runProgram(PROGRAM, [...size, ...load, ...slow], {});
    expect(code, errors).toBe(0);
    const { messages } = JSON.parse(readFileSync(json, "utf8"));
    expect(messages).toEqual({ sent: 14, answered: 14, doubled: 0, failed: 0 });
  });

  it("divides the shards among processes, and tells what each carries", async () => {
    const json = join(folder, "processes.json");
    const store = join(folder, "stores-of-processes");
    const size = ["--members", "400", "--comparisons", "400", "--servers", "36", "--events", "40"];
    const load = [
      "--warm-up",
      "0",
      "--seconds",
      "8",
      "--messages",
      "10",
      "--reactions",
      "40",
      "--no-retraining",
    ];
    const places = ["--shards", "4", "--processes", "2", "--folder", store, "--json", json];
    const parameters = [...size, ...load, ...places, "--model-delay", "20"];
    const { code, errors, output } = await runProgram(PROGRAM, parameters, {});
    expect(code, errors).toBe(0);
    const report = JSON.parse(readFileSync(json, "utf8"));
    expect(report.messages).toEqual({ sent: 80, answered: 80, doubled: 0, failed: 0 });
    expect(report.votes.stored).toBe(report.votes.sent);
    expect(report.sessions).toBe(4);
    const [first, second] = report.processes;
    expect(first).toMatchObject({ shards: [0, 1], servers: 20 });
    expect(second).toMatchObject({ shards: [2, 3], servers: 20 });
    // What happens on the quiet servers alone, and half of it here.
    for (const { eventsPerSecond } of [first, second]) expect(eventsPerSecond).toBeGreaterThan(5);
    expect(first.eventsPerSecond + second.eventsPerSecond).toBeGreaterThan(40);
    expect(output).toContain("a SQLite store for each process");
    expect(output).toContain("beside 40 events a second on 36 servers");
  });

  it.each([
    [["--messages", "many"], "It must be a whole number"],
    [["--processes", "2"], "--processes can't be more than --shards"],
    [["--events", "5"], "--events need --servers"],
  ])("says what is wrong with %j", async (parameters, problem) => {
    const { code, errors } = await runProgram(PROGRAM, parameters, {});
    expect(code).toBe(2);
    expect(errors).toContain(problem);
  });

  it("tells percentiles by the nearest rank", () => {
    const values = Array.from({ length: 200 }, (_, at) => 200 - at);
    expect(percentilesOf(values)).toEqual({ p50: 100, p95: 190, p99: 198, max: 200 });
    expect(percentilesOf([])).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  });
});
