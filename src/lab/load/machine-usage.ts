/**
 * How busy the whole machine is, and how much of it its host gives to others meanwhile: in a virtual machine a
 * second may be short of processor time without any program in it having used that.
 */
import { readFileSync } from "node:fs";

const INTERVAL_MS = 1_000;
const STAT_FILE = "/proc/stat";

/** Since the machine began, of all cores together, in the kernel's ticks. */
export interface MachineTimes {
  readonly total: number;
  readonly busy: number;
  /** What another machine on the same host had ("steal"). */
  readonly stolen: number;
}

/** Shares of all cores' time, 0 to 1. */
export interface MachineReport {
  readonly cores: number;
  readonly busy: number;
  readonly stolen: number;
  /** In the second in which it was most. */
  readonly mostStolen: number;
}

export class MachineRecorder {
  readonly #times: MachineTimes[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `read` gives what `/proc/stat` says; undefined where there is no such file. */
  constructor(private readonly read: () => string | undefined = readStat) {}

  start(): void {
    this.#sample();
    this.#timer = setInterval(() => this.#sample(), INTERVAL_MS);
    this.#timer.unref();
  }

  /** Undefined on a system that does not tell. */
  stop(cores: number): MachineReport | undefined {
    clearInterval(this.#timer);
    this.#sample();
    return machineReport(this.#times, cores);
  }

  #sample(): void {
    const times = machineTimes(this.read() ?? "");
    if (times !== undefined) this.#times.push(times);
  }
}

function readStat(): string | undefined {
  try {
    return readFileSync(STAT_FILE, "utf8");
  } catch {
    return undefined;
  }
}

/** From the first line of Linux' `/proc/stat`; undefined if it is another one. */
export function machineTimes(stat: string): MachineTimes | undefined {
  const [, line] = /^cpu +(\d[\d ]*)$/m.exec(stat) ?? [];
  // What guests of this machine use is in the first two already.
  const [user, nice, system, idle, waiting, irq, softirq, stolen] = (line ?? "")
    .split(" ")
    .map(Number);
  if (user === undefined || stolen === undefined) return undefined;
  const busy = user + nice! + system! + irq! + softirq!;
  return { total: busy + idle! + waiting! + stolen, busy, stolen };
}

/** Undefined if there are fewer than two of `times`. */
export function machineReport(
  times: readonly MachineTimes[],
  cores: number,
): MachineReport | undefined {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || last.total <= first.total) return undefined;
  const stolen = times.slice(1).map((time, at) => shareOf("stolen", times[at]!, time));
  return {
    cores,
    busy: shareOf("busy", first, last),
    stolen: shareOf("stolen", first, last),
    mostStolen: Math.max(...stolen),
  };
}

function shareOf(what: "busy" | "stolen", from: MachineTimes, to: MachineTimes): number {
  return to.total > from.total ? (to[what] - from[what]) / (to.total - from.total) : 0;
}
