/** Comparisons as the mathematics sees them: features, outcomes, no text and no ids. */

/** 1: a was preferred; 0.5: a tie; 0: b was preferred. */
export type Outcome = 0 | 0.5 | 1;

/** Comparisons of one member, each pair of rows a question. */
export interface Comparisons {
  /** n. */
  readonly count: number;
  /** [n, D] row-major, features of the a responses. */
  readonly featuresA: Float32Array;
  /** [n, D] row-major, features of the b responses. */
  readonly featuresB: Float32Array;
  /** [n], each an {@link Outcome}. */
  readonly outcomes: Float32Array;
  /** [n], +1 if a was shown first, -1 if b was, 0 if neither was. */
  readonly positions: Float32Array;
  /** [n], how much a comparison counts; 1 is a plain vote. */
  readonly weights: Float32Array;
  /** [n], 1 for a vote by "another answer"; none are if not given. */
  readonly another?: Uint8Array;
}

/** Comparisons of many members, for the training of base rewards. Members are bare indices. */
export interface PooledComparisons extends Comparisons {
  /** Number of members. */
  readonly members: number;
  /** [n], member index in 0..members-1 of each comparison. */
  readonly memberOf: Int32Array;
  /** [n], 1 if the current base rewards were trained with the comparison; none were if not given. */
  readonly trainedBefore?: Uint8Array;
}
