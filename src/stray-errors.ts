/** Errors that nobody caught: logged without secrets, where Node would print them as they are. */
import type { Log } from "./log.js";

/**
 * A promise that nobody waited for is one event gone wrong, and the bot goes on. After any other
 * stray error nobody knows what state things are in: the process ends, to be started again.
 */
export function catchStrayErrors(log: Log, end: (code: number) => void = process.exit): void {
  process.on("unhandledRejection", (reason) => {
    log.error({ event: "process.unhandled-rejection", err: reason });
  });
  process.on("uncaughtException", (error) => {
    log.fatal({ event: "process.uncaught-exception", err: error });
    end(1);
  });
}
