/** What an evaluation found, as plain data. Measures nothing itself. */
import type { Acquisition } from "../../../models/acquisition/search.js";
import type { CurvePoint } from "./learning-curve.js";
import type { Timings } from "./timings.js";

/** A figure for each number of answers. */
export type ByAnswers = Readonly<Record<number, number>>;

/** A figure for each acquisition and number of answers. */
export type ByAcquisition = Readonly<Record<string, ByAnswers>>;

/** A mean over people. */
export interface MeanFigure {
  readonly mean: number;
  readonly standardError: number;
}

/** The figures of another way to predict. */
export interface Baseline {
  readonly auc: ByAnswers;
  readonly winRate?: ByAnswers;
}

/** One kind of attack. */
export interface AttackFigures {
  readonly accounts: number;
  readonly auc: ByAnswers;
  /** Attacked minus clean, over the same new users. */
  readonly difference: ByAnswers;
  /** Of the difference. */
  readonly standardError: ByAnswers;
  /** Accounts, honest or not, whose votes took no part. */
  readonly leftOut: number;
  /** Whether the gate lets in what the attack has left, in every fold; it is measured anyway. */
  readonly adopted: boolean;
}

export interface AttackReport {
  /** Of all accounts. */
  readonly share: number;
  readonly strategies: Readonly<Record<string, AttackFigures>>;
}

/** What one fold's training made and took. */
export interface FoldReport {
  readonly dataset: string;
  readonly encoder: string;
  /** J. */
  readonly rank: number;
  /** κ. */
  readonly personalShare: number;
  readonly trainSeconds: number;
  /** How many of its new users were scored. */
  readonly users: number;
  readonly microseconds: Timings;
  readonly trainingComparisons: number;
  readonly trainingMembers: number;
  /** New users whose test pairs lack a label, 1 or 0, so that they have no AUC. */
  readonly leftOut: number;
  /** What the gate says; the model is measured either way. */
  readonly gate: { readonly adopted: boolean; readonly reason: string };
}

/** How many of the labels are ties, and what becomes of them. */
export interface Ties {
  readonly train: number;
  readonly pool: number;
  readonly test: number;
  readonly scoring: string;
}

/**
 * The figures of a set. Where it has several folds, what each of them made is in `folds`; rank,
 * times and the gate's word here are those of the first one, counts and seconds those of all.
 */
export interface Report extends FoldReport {
  /** How many people the figures are means over. */
  readonly people: number;
  readonly auc: ByAcquisition;
  /** Of `auc`, over people. */
  readonly standardError: ByAcquisition;
  /** Everybody alike: the average member's weights, which know no answer. */
  readonly pooled: { readonly auc: number; readonly standardError: number };
  /** AUC minus that of everybody alike, paired by person; the error is that of the difference. */
  readonly gain: Readonly<Record<string, Readonly<Record<number, MeanFigure>>>>;
  readonly winRate?: ByAcquisition;
  readonly winRateStandardError?: ByAcquisition;
  /** Expected calibration error with the first acquisition. */
  readonly calibration: ByAnswers;
  /** Everybody alike: the average member's weights, whatever the answers. */
  readonly baselines: { readonly global: Baseline };
  readonly ties: Ties;
  readonly peakMemoryMB: number;
  readonly seed: number;
  /** Where tastes were turned round after so many answers. */
  readonly changeAt?: number;
  /** Where votes lost weight with age, in votes. */
  readonly halfLife?: number;
  /** What an attack on the training costs. */
  readonly attack?: AttackReport;
  /** Where there are several. */
  readonly folds?: readonly FoldReport[];
}

export type Curves = Readonly<Partial<Record<Acquisition, readonly CurvePoint[]>>>;
