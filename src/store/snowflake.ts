/** Discord's ids tell when they were made. */

/** Ids are snowflakes: the upper bits are milliseconds since the first second of 2015. */
const FIRST_MS = Date.UTC(2015, 0, 1);
const TIME_SHIFT = 22n;
const SNOWFLAKE = /^\d{1,20}$/;

/** When the id was made, ms; undefined for ids that are no snowflakes, as in the playground. */
export function timeOfSnowflake(id: string): number | undefined {
  return SNOWFLAKE.test(id) ? FIRST_MS + Number(BigInt(id) >> TIME_SHIFT) : undefined;
}
