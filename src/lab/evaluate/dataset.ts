/**
 * A data set in memory: items as rows, members as indices, features once. Knows no files; the
 * format on disk is described in docs/evaluation-data.md.
 */

/** Pairs of items and which of the two was preferred. */
export interface LabelledPairs {
  /** n. */
  readonly count: number;
  /** [n], rows of items. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** [n], 1 if a was preferred, 0 if b was, 0.5 for a tie. */
  readonly outcomes: Float32Array;
}

export interface TrainingPairs extends LabelledPairs {
  readonly members: number;
  /** [n], member of each comparison, 0 to members − 1. */
  readonly memberOf: Int32Array;
}

/** Somebody who takes no part in training. */
export interface NewUser {
  readonly id: string;
  /** The questions that may be asked, with the answers that this person gives. */
  readonly pool: LabelledPairs;
  /** What the predictions are scored on. */
  readonly test: LabelledPairs;
}

export interface Items {
  readonly count: number;
  /** D. */
  readonly dimensions: number;
  /** [items, D] row-major. */
  readonly features: Float32Array;
  /** Names what made the features. */
  readonly encoderId: string;
  /** [items], which prompt an item answers; items with the same prompt have the same number. */
  readonly promptOf: Int32Array;
}

export interface Dataset {
  readonly name: string;
  readonly items: Items;
  readonly training: TrainingPairs;
  readonly newUsers: readonly NewUser[];
  /** What is odd about the data without being wrong, one sentence each. */
  readonly warnings: readonly string[];
}
