/** Time: clocks come in as a function, days are UTC, and Discord puts the words to a timestamp. */

/** Milliseconds since 1970, as Date.now() gives them. */
export type Clock = () => number;

/** The UTC day of `at`, as 2026-01-31. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A time that Discord shows as "in 12 minutes". */
export function relativeTime(at: number): string {
  return `<t:${Math.ceil(at / 1000)}:R>`;
}
