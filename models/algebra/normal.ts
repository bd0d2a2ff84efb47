/** The standard normal distribution. */
import type { RandomGenerator } from "./random.js";

/** Draws from N(0, 1) (Box and Muller 1958). */
export function drawStandardNormal(random: RandomGenerator): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** 1 − Φ(x) for x ≥ 0 (Abramowitz and Stegun 26.2.17, absolute error below 7.5e-8). */
export function standardNormalTail(x: number): number {
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
