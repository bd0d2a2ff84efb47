/** A clock that all threads of the process read alike. */
import { hrtime } from "node:process";

/** Milliseconds fit 32 bits for some weeks, and only differences are used. */
const NS_PER_MS = 1_000_000n;

/** Milliseconds since some moment, as a 32-bit number that starts anew when it is full. */
export function sharedNow(): number {
  return Number(BigInt.asIntN(32, hrtime.bigint() / NS_PER_MS));
}

/** Milliseconds from `earlier` to `later`, two moments of {@link sharedNow}; negative the other way round. */
export function sharedMsBetween(earlier: number, later: number): number {
  return (later - earlier) | 0;
}
