/** What an evaluation found, as plain data. Measures nothing itself. */
import type { Acquisition } from "../../models/acquisition.js";
import type { AttackReport } from "./attack.js";
import type { CurvePoint } from "./learning-curve.js";
import type { Timings } from "./timings.js";

/** A figure for each number of answers. */
export type ByAnswers = Readonly<Record<number, number>>;

/** A figure for each acquisition and number of answers. */
export type ByAcquisition = Readonly<Record<string, ByAnswers>>;

/** The figures of another way to predict. */
export interface Baseline {
  readonly auc: ByAnswers;
  readonly winRate?: ByAnswers;
}

export interface Report {
  readonly dataset: string;
  readonly encoder: string;
  /** J. */
  readonly rank: number;
  readonly trainSeconds: number;
  /** How many new users were scored. */
  readonly users: number;
  readonly auc: ByAcquisition;
  /** Of `auc`, over users. */
  readonly standardError: ByAcquisition;
  readonly winRate?: ByAcquisition;
  readonly winRateStandardError?: ByAcquisition;
  /** Expected calibration error with the first acquisition. */
  readonly calibration: ByAnswers;
  /** Everybody alike: the average member's weights, whatever the answers. */
  readonly baselines: { readonly global: Baseline };
  readonly microseconds: Timings;
  readonly peakMemoryMB: number;
  readonly seed: number;
  /** Where tastes were turned round after so many answers. */
  readonly changeAt?: number;
  /** Where votes lost weight with age, in votes. */
  readonly halfLife?: number;
  readonly trainingComparisons: number;
  readonly trainingMembers: number;
  /** New users whose test pairs all have the same label, so that they have no AUC. */
  readonly leftOut: number;
  /** What an attack on the training costs. */
  readonly attack?: AttackReport;
  /** What the gate says; the model is measured either way. */
  readonly gate: { readonly adopted: boolean; readonly reason: string };
}

export type Curves = Readonly<Partial<Record<Acquisition, readonly CurvePoint[]>>>;

/** The parts of a report that learning curves make. */
export function figuresOf(
  curves: Curves,
): Pick<Report, "auc" | "standardError" | "winRate" | "winRateStandardError" | "calibration"> {
  const pick = (figure: (point: CurvePoint) => number | undefined): ByAcquisition =>
    Object.fromEntries(
      Object.entries(curves).map(([acquisition, points]) => [
        acquisition,
        byAnswers(points, figure),
      ]),
    );
  const all = Object.values(curves);
  const [first = []] = all;
  return {
    auc: pick(({ auc }) => auc.mean),
    standardError: pick(({ auc }) => auc.standardError),
    ...(all.some((points) => points.some(({ winRate }) => winRate)) && {
      winRate: pick(({ winRate }) => winRate?.mean),
      winRateStandardError: pick(({ winRate }) => winRate?.standardError),
    }),
    calibration: byAnswers(first, ({ calibration }) => calibration),
  };
}

export function baselineOf(points: readonly CurvePoint[]): Baseline {
  const winRate = byAnswers(points, (point) => point.winRate?.mean);
  return {
    auc: byAnswers(points, ({ auc }) => auc.mean),
    ...(Object.keys(winRate).length > 0 && { winRate }),
  };
}

/** The points that have the figure. */
function byAnswers(
  points: readonly CurvePoint[],
  figure: (point: CurvePoint) => number | undefined,
): ByAnswers {
  return Object.fromEntries(
    points.flatMap((point) => {
      const value = figure(point);
      return value === undefined ? [] : [[point.answers, value] as const];
    }),
  );
}
