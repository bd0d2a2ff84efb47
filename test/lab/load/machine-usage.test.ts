import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import {
  MachineRecorder,
  machineReport,
  machineTimes,
} from "../../../src/lab/load/machine-usage.js";

const CORE = "cpu0 1 2 3 4 5 6 7 8 0 0\n";

describe("what the machine had left for a load", () => {
  it("is read from the line of all cores", () => {
    const stat = `cpu  100 20 30 400 50 6 7 80 9 1\n${CORE}ctxt 5\n`;
    expect(machineTimes(stat)).toEqual({ total: 693, busy: 163, stolen: 80 });
    expect(machineTimes(CORE)).toBeUndefined();
    expect(machineTimes("")).toBeUndefined();
    // Before Linux 2.6.11 there was no word of a host.
    expect(machineTimes("cpu  100 20 30 400 50 6 7\n")).toBeUndefined();
  });

  it("is a share of the time between the first look and the last, and the host's worst second", () => {
    const times = [
      { total: 1_000, busy: 500, stolen: 10 },
      { total: 1_200, busy: 600, stolen: 10 },
      { total: 1_400, busy: 640, stolen: 110 },
    ];
    const report = machineReport(times, 2);
    expect(report).toEqual({ cores: 2, busy: 0.35, stolen: 0.25, mostStolen: 0.5 });
    expect(machineReport(times.slice(0, 1), 2)).toBeUndefined();
  });

  it.runIf(existsSync("/proc/stat"))("comes from the machine it runs on", async () => {
    const machine = new MachineRecorder();
    machine.start();
    let report = machine.stop(availableParallelism());
    // The kernel counts in hundredths of a second.
    while (report === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      report = machine.stop(availableParallelism());
    }
    expect(report.cores).toBe(availableParallelism());
    expect(report.busy).toBeGreaterThanOrEqual(0);
    expect(report.busy + report.stolen).toBeLessThanOrEqual(1);
  });

  it("is left out where nobody tells", () => {
    const machine = new MachineRecorder(() => undefined);
    machine.start();
    expect(machine.stop(2)).toBeUndefined();
  });
});
