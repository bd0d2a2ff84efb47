/** How long a server wants its callers to wait, from the headers of its answer. */

/** Beyond this a wait is not sat out inside a request: the member is told when to come back. */
export const LONGEST_PAUSE_MS = 5_000;

interface HeaderSource {
  get(name: string): string | null;
}

/** Milliseconds from `now`; undefined where the headers name no time, or one that has passed. */
export function retryAfterMs(headers: HeaderSource, now: number): number | undefined {
  const milliseconds = Number.parseFloat(headers.get("retry-after-ms") ?? "");
  if (milliseconds > 0) return milliseconds;
  const header = headers.get("retry-after") ?? "";
  const seconds = /^\s*[\d.]+\s*$/.test(header) ? Number.parseFloat(header) : Number.NaN;
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return wait > 0 ? wait : undefined;
}
