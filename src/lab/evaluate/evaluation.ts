/** What an evaluation is asked for, and what comes of it. */
import type { Acquisition } from "../../../models/acquisition/search.js";
import type { Drift } from "./interview.js";
import type { CurvePoint } from "./learning-curve.js";
import type { Curves, Report } from "./report.js";

export interface EvaluationOptions {
  readonly answers: readonly number[];
  readonly acquisitions: readonly Acquisition[];
  /** How many new users of all folds take part; all where not given. */
  readonly users?: number;
  readonly seed: number;
  readonly drift?: Drift;
  /** The share of colluding accounts in an attack on the training; none where not given. */
  readonly attack?: number;
  /** `done` runs from 0 to 1 in every stage. */
  readonly onProgress?: (done: number, stage: string) => void;
}

export interface Evaluation {
  readonly report: Report;
  readonly curves: Curves;
  /** What everybody alike gets: the average member's weights, whatever the answers. */
  readonly global: readonly CurvePoint[];
}
