/**
 * Tells systemd that the service has started and that it is well, through systemd's own program: Node
 * has no datagram sockets of the file system. Knows nothing of Attune.
 */
import { execFile } from "node:child_process";
import type { SystemdConfig } from "../../shared/environment/systemd-variables.js";
import type { Log } from "../../shared/log.js";

export interface Systemd {
  /** The service has started; signs of life follow from now on. */
  ready(): void;
  /** It is ending: no more signs of life are wanted. */
  stopping(): void;
}

/** Does nothing if systemd expects no message. */
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
