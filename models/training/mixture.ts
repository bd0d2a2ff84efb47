/** Which of several explanations fits each member best, and how common each is. Knows only numbers. */

const ROUNDS = 50;
/** No explanation is taken to be rarer than this: one member can make it common again. */
const RAREST = 1e-3;

export interface Mixture {
  /** The most likely explanation of each member, an index into the explanations. */
  readonly likeliest: Int32Array;
  /** Logarithm of the probability of everybody's votes, in nats. */
  readonly logLikelihood: number;
}

/**
 * Expectation maximisation of the shares of `explanations`, each of which gives the logarithm of the
 * probability of every member's votes, [members].
 */
export function explainBy(explanations: readonly Float64Array[], members: number): Mixture {
  let shares = explanations.map(() => 1 / explanations.length);
  const odds = new Float64Array(explanations.length);
  const likeliest = new Int32Array(members);
  let logLikelihood = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = shares.map(() => 0);
    logLikelihood = 0;
    for (let member = 0; member < members; member++) {
      explanations.forEach((own, at) => {
        odds[at] = own[member]! + Math.log(shares[at]!);
      });
      const largest = odds.reduce((a, b) => Math.max(a, b));
      const total = odds.reduce((sum, value) => sum + Math.exp(value - largest), 0);
      odds.forEach((value, at) => {
        sums[at]! += Math.exp(value - largest) / total;
      });
      likeliest[member] = odds.indexOf(largest);
      logLikelihood += largest + Math.log(total);
    }
    shares = sums.map((sum) => Math.max(RAREST, sum / Math.max(1, members)));
  }
  return { likeliest, logLikelihood };
}
