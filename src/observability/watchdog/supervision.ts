/** The bot's part in being started again when it hangs: its own watchdog, and systemd's. */
import type { Config } from "../../config.js";
import type { Log } from "../../shared/log.js";
import { createSystemd, type Systemd } from "./systemd.js";
import { startWatchdog } from "./watchdog.js";

/** The kernel keeps signals of its own processes from the first one of a container. */
const FIRST_PROCESS = 1;

export function startSupervision(
  { watchdogSeconds, systemd }: Pick<Config, "watchdogSeconds" | "systemd">,
  log: Log,
): Systemd {
  if (watchdogSeconds !== undefined) {
    startWatchdog(watchdogSeconds);
    if (process.pid === FIRST_PROCESS) {
      const hint = "A hung bot cannot be ended as process 1: run the container with --init.";
      log.warn({ event: "watchdog.without-init", hint });
    }
  }
  return createSystemd(systemd, log);
}
