/** What systemd passes to a service that it starts. Knows nothing of Attune. */

export interface SystemdConfig {
  /** How long systemd waits for a sign of life; undefined if the unit sets no WatchdogSec. */
  readonly watchdogMs: number | undefined;
}

/** What systemd has set for `pid`; undefined if it did not start the process or expects no messages. */
export function systemdConfig(
  environment: NodeJS.ProcessEnv,
  pid = process.pid,
): SystemdConfig | undefined {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: time, WATCHDOG_PID: watched } = environment;
  if (!socket) return undefined;
  const isWatched = Number(time) > 0 && (!watched || Number(watched) === pid);
  return { watchdogMs: isWatched ? Number(time) / 1_000 : undefined };
}
