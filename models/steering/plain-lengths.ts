/** How long a language model's plain answers are, in the mean of the logarithm. Knows no texts. */

export interface PlainLengths {
  readonly count: number;
  /** Σ log words. */
  readonly logWords: number;
}

/** One old answer weighs less with every new one, so that a model that is updated is learned anew. */
const FORGETTING = 0.99;
/** With fewer answers nothing is concluded. */
const ENOUGH = 5;

export const NO_LENGTHS: PlainLengths = { count: 0, logWords: 0 };

/** The sums with one more plain answer of `words` words. */
export function withPlainAnswer({ count, logWords }: PlainLengths, words: number): PlainLengths {
  return {
    count: count * FORGETTING + 1,
    logWords: logWords * FORGETTING + Math.log(Math.max(1, words)),
  };
}

/** The length of a plain answer in words; undefined where too few were seen. */
export function usualLength({ count, logWords }: PlainLengths): number | undefined {
  return count < ENOUGH ? undefined : Math.exp(logWords / count);
}
