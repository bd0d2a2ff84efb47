/** Milliseconds since 1970, as Date.now() gives them. Time comes in as one of these. */
export type Clock = () => number;

/** The UTC day of `at`, as 2026-01-31. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
