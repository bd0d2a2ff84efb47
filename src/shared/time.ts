/** Time: clocks come in as a function, days are UTC, and Discord puts the words to a timestamp. */

/** Milliseconds since 1970, as Date.now() gives them. */
export type Clock = () => number;

const DAY_MS = 24 * 60 * 60 * 1_000;
/** The day that was asked for last, mostly today: its number since 1970, and its text, which follows from that. */
let last = { number: 0, text: "1970-01-01" };

/** The UTC day of `at`, as 2026-01-31. Throws `RangeError` for what is no time. */
export function dayOf(at: number): string {
  const number = Math.floor(Math.trunc(at) / DAY_MS);
  if (number !== last.number) last = { number, text: new Date(at).toISOString().slice(0, -14) };
  return last.text;
}

/** A time that Discord shows as "in 12 minutes". */
export function relativeTime(at: number): string {
  return `<t:${Math.ceil(at / 1000)}:R>`;
}
