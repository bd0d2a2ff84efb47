/**
 * How old an account is: new ones are cheap to make by the dozen, so their votes wait before they
 * train with everybody's. Knows ids and the time, nothing else.
 */

import { timeOfSnowflake } from "../store/snowflake.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether the account was made at least `days` before `now` (ms), which its id says. Ids that are no
 * snowflakes, as in the playground, are old enough.
 */
export function isOldEnough(memberId: string, days: number, now: number): boolean {
  const madeAt = timeOfSnowflake(memberId);
  if (days === 0 || madeAt === undefined) return true;
  return now - madeAt >= days * DAY_MS;
}
