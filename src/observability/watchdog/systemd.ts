/**
 * Tells systemd that the service has started and that it is well, through systemd's own program: Node
 * has no datagram sockets of the file system. Knows nothing of Attune.
 */
import { execFile } from "node:child_process";
import type { Log } from "../../shared/log.js";

export interface SystemdConfig {
  /** How long systemd waits for a sign of life; undefined where the unit sets no WatchdogSec. */
  readonly watchdogMs: number | undefined;
}

export interface Systemd {
  /** The service has started; signs of life follow from now on. */
  ready(): void;
  /** It is ending: no more signs of life are wanted. */
  stopping(): void;
}

/** What systemd has set for `pid`; undefined where it did not start it or wants to be told nothing. */
export function systemdConfig(
  environment: NodeJS.ProcessEnv,
  pid = process.pid,
): SystemdConfig | undefined {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: time, WATCHDOG_PID: watched } = environment;
  if (!socket) return undefined;
  const isWatched = Number(time) > 0 && (!watched || Number(watched) === pid);
  return { watchdogMs: isWatched ? Number(time) / 1_000 : undefined };
}

/** Does nothing where systemd wants to be told nothing. */
export function createSystemd(config: SystemdConfig | undefined, log: Log): Systemd {
  if (config === undefined) return { ready: () => undefined, stopping: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  const notify = (message: string) => {
    execFile("systemd-notify", [message], (error) => {
      if (error === null) return;
      const hint = "systemd-notify failed. Is it installed, and has the unit NotifyAccess=all?";
      log.error({ event: "systemd.not-told", err: error, hint });
    });
  };
  return {
    ready: () => {
      notify("READY=1");
      // Twice in the time, as systemd advises.
      if (config.watchdogMs === undefined) return;
      timer = setInterval(() => notify("WATCHDOG=1"), config.watchdogMs / 2);
      timer.unref();
    },
    stopping: () => {
      clearInterval(timer);
      notify("STOPPING=1");
    },
  };
}
