/**
 * What the answer to a question tells about the logit behind it: the mutual information of
 * c ~ Bernoulli(σ(η)) and η ~ N(m, s²), in nats (BALD, Houlsby et al. 2011). Knows no candidates.
 */
import { standardNormalTail } from "../algebra/normal.js";
import { sigmoid } from "../rewards/user-weights-objective.js";

/** Below this s only the first term of the series in s² is left of the difference of entropies. */
const SMALL_DEVIATION = 1e-3;
/** Above this s the logistic is a step against N(m, s²), and its first moments say all. */
const LARGE_DEVIATION = 12;

/** How far the integral goes, in standard deviations. */
const REACH = 6;
const WIDEST_STEP = 0.75;
/** What may be claimed too much: a share of the value, and what the tail of Φ is known to. */
const RELATIVE_ERROR = 1e-4;
const ABSOLUTE_ERROR = 1e-6;

/** The variance of the logistic distribution. */
const LOGISTIC_VARIANCE = Math.PI ** 2 / 3;
/** The entropy of σ(η) over all η: the area under it, and the variance of a density of that shape. */
const ENTROPY_AREA = Math.PI ** 2 / 3;
const ENTROPY_VARIANCE = (7 * Math.PI ** 2) / 15;

/** H(E σ(η)) − E H(σ(η)) for η ~ N(mean, variance), to about 1e-4 of its value or 1e-6. */
export function mutualInformation(variance: number, mean: number): number {
  const deviation = Math.sqrt(variance);
  // It is even in m, and with the less likely answer in hand no 1 − p loses digits.
  const against = -Math.abs(mean);
  if (deviation < SMALL_DEVIATION) return (slope(against) * variance) / 2;
  return deviation > LARGE_DEVIATION
    ? fromMoments(variance, against)
    : fromIntegral(deviation, against);
}

/**
 * The s² below which {@link mutualInformation} is never more than `information`, whatever the mean. The entropy of
 * σ(η) is at least log 2 · exp(−η² / 8 log 2), so that its mean for η ~ N(0, s²) is at least
 * log 2 / √(1 + s² / 4 log 2); and m = 0 is the mean that leaves most to learn.
 */
export function varianceForInformation(information: number): number {
  const certain = information * (1 - RELATIVE_ERROR) - ABSOLUTE_ERROR;
  const left = 1 - certain / Math.LN2;
  return left <= 0 ? Number.POSITIVE_INFINITY : 4 * Math.LN2 * (1 / left ** 2 - 1);
}

/** σ′(x). */
export function slope(logit: number): number {
  const power = Math.exp(-Math.abs(logit));
  return power / (1 + power) ** 2;
}

/** By the trapezoidal rule, which converges exponentially here: both factors are smooth over a step. */
function fromIntegral(deviation: number, mean: number): number {
  const step = Math.min(WIDEST_STEP, 1 / deviation);
  let total = 1;
  let probability = sigmoid(mean);
  let conditional = entropyOfLogit(mean);
  for (let at = step; at < REACH; at += step) {
    const weight = Math.exp(-(at * at) / 2);
    const [above, below] = [mean + deviation * at, mean - deviation * at];
    total += 2 * weight;
    probability += weight * (sigmoid(above) + sigmoid(below));
    conditional += weight * (entropyOfLogit(above) + entropyOfLogit(below));
  }
  return entropy(probability / total) - conditional / total;
}

/**
 * σ(η) is the chance that η beats logistic noise, and the entropy of σ(η) a bump at 0: against a
 * wide N(m, s²) both are as good as normal ones with the same variance.
 */
function fromMoments(variance: number, mean: number): number {
  const probability = standardNormalTail(-mean / Math.sqrt(variance + LOGISTIC_VARIANCE));
  const spread = variance + ENTROPY_VARIANCE;
  const density = Math.exp(-(mean * mean) / (2 * spread)) / Math.sqrt(2 * Math.PI * spread);
  return Math.max(0, entropy(probability) - ENTROPY_AREA * density);
}

/** The entropy of σ(η). */
function entropyOfLogit(logit: number): number {
  const size = Math.abs(logit);
  const power = Math.exp(-size);
  return Math.log1p(power) + (size * power) / (1 + power);
}

function entropy(probability: number): number {
  if (probability <= 0 || probability >= 1) return 0;
  return -probability * Math.log(probability) - (1 - probability) * Math.log1p(-probability);
}
