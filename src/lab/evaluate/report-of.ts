/** Makes the report of an evaluation from its curves and folds. Measures nothing itself. */
import type { LabelledPairs } from "./dataset.js";
import type { Participants } from "./draw-users.js";
import type { Drift } from "./interview.js";
import type { CurvePoint } from "./learning-curve.js";
import { estimateOf } from "./metrics.js";
import type {
  Baseline,
  ByAcquisition,
  ByAnswers,
  Curves,
  FoldReport,
  MeanFigure,
  Report,
  Ties,
} from "./report.js";
import { setName } from "./set-name.js";

const TIES_ARE_SCORED =
  "Ties train and answer as half a preference for each side; AUC and win rate pass over tied test pairs, calibration counts them as one half.";

/** The report of the `folds` of one set, whose people the curves are over. */
export function reportOf(
  participants: readonly Participants[],
  folds: readonly FoldReport[],
  curves: Curves,
  global: readonly CurvePoint[],
  { drift, seed }: { readonly drift?: Drift; readonly seed: number },
): Report {
  const sum = (pick: (fold: FoldReport) => number) =>
    folds.reduce((total, fold) => total + pick(fold), 0);
  const { auc } = global[0]!;
  return {
    ...folds[0]!,
    dataset: setName(folds.map(({ dataset }) => dataset)),
    trainSeconds: sum(({ trainSeconds }) => trainSeconds),
    trainingComparisons: sum(({ trainingComparisons }) => trainingComparisons),
    trainingMembers: sum(({ trainingMembers }) => trainingMembers),
    users: auc.people,
    people: auc.people,
    leftOut: sum(({ leftOut }) => leftOut),
    ...figuresOf(curves),
    pooled: { auc: auc.mean, standardError: auc.standardError },
    gain: gainsOf(curves, global),
    baselines: { global: baselineOf(global) },
    ties: tiesOf(participants),
    peakMemoryMB: process.resourceUsage().maxRSS / 1024,
    seed,
    ...drift,
    ...(folds.length > 1 && { folds }),
  };
}

/** AUC minus that of everybody alike, person by person. */
function gainsOf(curves: Curves, global: readonly CurvePoint[]): Report["gain"] {
  const gainAt = ({ aucs }: CurvePoint, point: number): MeanFigure => {
    const alike = global[point]!.aucs;
    const { mean, standardError } = estimateOf(aucs.map((auc, person) => auc - alike[person]!));
    return { mean, standardError };
  };
  return Object.fromEntries(
    Object.entries(curves).map(([acquisition, points]) => [
      acquisition,
      Object.fromEntries(points.map((point, at) => [point.answers, gainAt(point, at)])),
    ]),
  );
}

function tiesOf(participants: readonly Participants[]): Ties {
  const users = participants.flatMap((fold) => fold.users);
  const count = (pairs: readonly LabelledPairs[]) =>
    pairs.reduce(
      (sum, { outcomes }) => sum + outcomes.filter((outcome) => outcome === 0.5).length,
      0,
    );
  return {
    train: count(participants.map(({ dataset }) => dataset.training)),
    pool: count(users.map(({ pool }) => pool)),
    test: count(users.map(({ test }) => test)),
    scoring: TIES_ARE_SCORED,
  };
}

/** The parts of a report that learning curves make. */
function figuresOf(
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

function baselineOf(points: readonly CurvePoint[]): Baseline {
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
