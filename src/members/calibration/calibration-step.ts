/** What a calibration says next: a question, or that it is over. */

export const QUESTIONS = 10;

export interface CalibrationQuestion {
  readonly kind: "question";
  /** From 1 to {@link QUESTIONS}. */
  readonly number: number;
  /** 0 to 1, how well the member is known so far. */
  readonly certainty: number;
  readonly prompt: string;
  /** In the order to show: a, b. */
  readonly texts: readonly [string, string];
}

export interface CalibrationEnd {
  readonly kind: "done";
  readonly answered: number;
  /** True if nothing was left that was worth asking. */
  readonly early: boolean;
  /** True if that is because members agree. */
  readonly agree: boolean;
  readonly certainty: number;
}

export type CalibrationStep = CalibrationQuestion | CalibrationEnd;
