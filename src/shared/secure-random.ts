/** Random numbers that nobody can foresee, unlike those of a seed. */
import { randomInt } from "node:crypto";

/** The most that `randomInt` draws at once, less one. */
const VALUES = 2 ** 48 - 1;

/** At least 0 and less than 1. */
export function secureRandom(): number {
  return randomInt(VALUES) / VALUES;
}
