/**
 * Which messages the cache lets go of, so that it does not grow with the number of channels. One that
 * a chain of replies leads to later is asked for again.
 */

/** Of all channels together, each a few kilobytes. */
const MOST_MESSAGES = 3_000;
const LIFETIME_MS = 60 * 60 * 1000;

/** Milliseconds since 1970. */
interface Dated {
  readonly createdTimestamp: number;
}

type Cache = { values(): IterableIterator<Dated> };

/** Says of a message in one of `caches` whether it has been there for long, or is not among the newest. */
export function isTooOld(
  caches: Iterable<Cache>,
  now: number,
  mostMessages: number = MOST_MESSAGES,
): (message: Dated) => boolean {
  const times: number[] = [];
  for (const cache of caches) {
    for (const { createdTimestamp } of cache.values()) times.push(createdTimestamp);
  }
  const [oldest = 0] = Float64Array.from(times).sort().subarray(-mostMessages);
  const limit = Math.max(oldest, now - LIFETIME_MS);
  return ({ createdTimestamp }) => createdTimestamp < limit;
}
