/**
 * The end of the program: on a signal, on an error that nobody caught, or because it can do nothing
 * more. Undoes what was started in reverse order, and always ends in time. Knows no Discord.
 */
import { constants } from "node:os";
import type { Log } from "./shared/log.js";

/** Supervisors kill what has not ended ten seconds after their signal. */
const MOST_MS = 9_500;
const FAILED = 1;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

type Step = () => unknown;

export class Shutdown {
  readonly #steps: Step[] = [];
  #begun = false;

  constructor(private readonly log: Log) {}

  /** Listens for signals and for errors that nobody caught, from now on. */
  listen(): void {
    for (const signal of SIGNALS) process.on(signal, () => this.#signalled(signal));
    // The parent is gone, perhaps by the same signal: it does not count as a second one.
    process.on("disconnect", () => void this.end(0));
    // Rejections that nobody handles arrive here too.
    process.on("uncaughtException", (error) => this.#crashed(error));
  }

  /** `step` is done at the end, before those that were added earlier. */
  add(step: Step): void {
    this.#steps.unshift(step);
  }

  /** Does all the steps; one that fails does not stop the others. Returns whether all went well. */
  async undo(): Promise<boolean> {
    let well = true;
    for (let step = this.#steps.shift(); step !== undefined; step = this.#steps.shift()) {
      try {
        await step();
      } catch (error) {
        well = false;
        this.log.error({ event: "process.stop-failed", err: error });
      }
    }
    return well;
  }

  /** Ends the program with `exitCode`, after all the steps or when the time is over. */
  async end(exitCode: number): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    setTimeout(() => {
      this.log.error({ event: "process.stop-overdue" });
      process.exit(FAILED);
    }, MOST_MS);
    const well = await this.undo();
    this.log.info({ event: "process.stopped" });
    process.exit(well ? exitCode : FAILED);
  }

  #signalled(signal: NodeJS.Signals): void {
    if (this.#begun) {
      this.log.warn({ event: "process.stopped-at-once", signal });
      process.exit(128 + constants.signals[signal]);
    }
    this.log.info({ event: "bot.stopping", signal });
    void this.end(0);
  }

  #crashed(error: unknown): void {
    this.log.fatal({ event: "process.crashed", err: error });
    void this.end(FAILED);
  }
}
