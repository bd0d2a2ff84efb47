import { describe, expect, it } from "vitest";
import type { SentMessage } from "../../../src/lab/load/process-messages.js";
import { makeReport, type Observations } from "../../../src/lab/load/report.js";
import { reportText } from "../../../src/lab/load/report-text.js";
import { trainingWindow } from "../../../src/lab/load/training-window.js";

/** A message a second from 100 s on, the last fifty of them slower. */
const MESSAGES: readonly SentMessage[] = Array.from({ length: 100 }, (_, at) => ({
  number: at + 1,
  at: 100_000 + 1_000 * at,
  ms: at < 50 ? 210 : 230,
  answers: 1,
  served: true,
}));
const LOG = [
  { event: "retraining.started", time: 152_500, readingSeconds: 3, members: 40, comparisons: 800 },
  { event: "training.backend", time: 170_000, waitedSeconds: 2 },
  { event: "retraining.finished", time: 175_000, adopted: true },
];

function observed(log: Observations["log"]): Observations {
  const usage = [100_000, 200_000].map((at) => ({ at, residentMB: 200, processorMs: at / 2 }));
  return {
    options: { warmUp: 5, messages: 1, reactions: 5 } as Observations["options"],
    traffic: {
      ...{ kind: "traffic", messages: MESSAGES, ballots: 0, votes: [], votesShownMs: [] },
      ...{ reactions: 500, requests: 100, connections: 1, seconds: 100 },
    },
    // The language model takes 200 ms of each.
    model: { kind: "spent", requests: 100, spent: MESSAGES.map(({ number }) => [number, 200]) },
    votes: { sent: 0, stored: 0, surplus: 0, profilesBehind: 0 },
    usage,
    startUpSeconds: 1,
    machine: { cores: 2, busy: 0.613, stolen: 0.02, mostStolen: 0.4 },
    watched: { checks: 1, failed: 0, eventLoopP99Ms: 1, eventsPerSecond: 6 },
    processes: [],
    log,
    training: trainingWindow(log, 200_000),
    exitCode: 0,
  };
}

describe("the report of the load", () => {
  it("tells the latency while a retraining runs apart from the rest", () => {
    const report = makeReport(observed(LOG));
    expect(report.latencyMs).toEqual({ p50: 30, p95: 30, p99: 30, max: 30 });
    expect(report.latencyWarmingUpMs).toEqual({ p50: 10, p95: 10, p99: 10, max: 10 });
    expect(report.latencyWhileTrainingMs).toEqual({ p50: 30, p95: 30, p99: 30, max: 30 });
    expect(report.latencyOtherwiseMs).toEqual({ p50: 10, p95: 30, p99: 30, max: 30 });
    expect(report.retraining).toMatchObject({ seconds: 25.5, trainingSeconds: 17.5 });
    const text = reportText(report);
    expect(text).toContain("2 cores, 61.3 % busy, 2.0 % taken by its host, 40.0 % in the worst");
    expect(text).toMatch(/while training +p50 30\.0 ms/);
    expect(text).toMatch(/otherwise +p50 10\.0 ms/);
    expect(text).toContain(
      "800 comparisons of 40 members in 26 s (reading 3 s, training 18 s, of which it gave way for 2 s); adopted",
    );
  });

  it("says that a retraining has not ended, and that there was none", () => {
    expect(reportText(makeReport(observed(LOG.slice(0, 1))))).toContain("not ended after 51 s");
    const without = makeReport(observed([]));
    expect(without.latencyWhileTrainingMs).toBeUndefined();
    expect(without.latencyOtherwiseMs).toEqual(without.latencyMs);
    expect(reportText(without)).toMatch(/retraining +none\n/);
  });
});
