/**
 * How old an account is: new ones are cheap to make by the dozen, so their votes wait before they
 * train with everybody's. Knows ids and the time, nothing else.
 */

const DAY_MS = 24 * 60 * 60 * 1000;
/** Ids are snowflakes: the upper bits are milliseconds since the first second of 2015. */
const FIRST_MS = Date.UTC(2015, 0, 1);
const TIME_SHIFT = 22n;
const SNOWFLAKE = /^\d{1,20}$/;

/**
 * Whether the account was made at least `days` before `now` (ms), which its id says. Ids that are no
 * snowflakes, as in the playground, are old enough.
 */
export function isOldEnough(memberId: string, days: number, now: number): boolean {
  if (days === 0 || !SNOWFLAKE.test(memberId)) return true;
  const madeAt = FIRST_MS + Number(BigInt(memberId) >> TIME_SHIFT);
  return now - madeAt >= days * DAY_MS;
}
