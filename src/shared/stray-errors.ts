/** Promises that nobody waited for: logged without secrets, where Node would end the process. */
import type { Log } from "./log.js";

/** One event has gone wrong, and the bot goes on. Errors thrown where nobody catches end it elsewhere. */
export function catchStrayRejections(log: Log): void {
  process.on("unhandledRejection", (reason) => {
    log.error({ event: "process.unhandled-rejection", err: reason });
  });
}
