/** How often an answer would win if it were as long as the one it is held against. */

/** One comparison: who won, and the logarithm of how many times as long the answer is as the other. */
export interface LengthTrial {
  readonly outcome: number;
  readonly logRatio: number;
}

const STEPS = 25;
/** Keeps the maximum finite where all were won; worth about one comparison of each outcome. */
const RIDGE = 0.5;

/**
 * P(win) at equal lengths: σ(b₀) of the logistic regression outcome ~ σ(b₀ + b₁ logRatio), by Newton's
 * method on the ridge-penalised likelihood.
 */
export function winAtEqualLength(trials: readonly LengthTrial[]): number {
  let [intercept, slope] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1] = [-RIDGE * intercept, -RIDGE * slope];
    let [h00, h01, h11] = [RIDGE, 0, RIDGE];
    for (const { outcome, logRatio } of trials) {
      const expected = sigmoid(intercept + slope * logRatio);
      const weight = expected * (1 - expected);
      g0 += outcome - expected;
      g1 += (outcome - expected) * logRatio;
      h00 += weight;
      h01 += weight * logRatio;
      h11 += weight * logRatio * logRatio;
    }
    const determinant = h00 * h11 - h01 * h01;
    intercept += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return sigmoid(intercept);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
