/** An evaluation's report for people in a terminal. */
import Table from "cli-table3";
import type { AttackReport, ByAcquisition, ByAnswers, FoldReport, Report } from "./report.js";

/** The report as tables and lines. */
export function renderReport(report: Report): string {
  const { baselines, standardError, winRate, winRateStandardError } = report;
  return [
    heading(report),
    "ROC AUC on the test pairs of new users, after so many answers:",
    table(report.auc, standardError, baselines.global.auc),
    ...gainLines(report),
    ...(winRate
      ? [
          "Win rate of the best response against another one to the same prompt:",
          table(winRate, winRateStandardError, baselines.global.winRate),
        ]
      : []),
    ...(report.attack ? attackLines(report.attack) : []),
    `Calibration error of P(a ≻ b): ${listing(report.calibration, (value) => value.toFixed(3))}`,
    ...timingLines(report),
    `Peak memory: ${report.peakMemoryMB.toFixed(0)} MB`,
  ].join("\n");
}

function heading(report: Report): string {
  const { folds, leftOut, people, ties } = report;
  return [
    ...(folds ? [`${report.dataset}: ${folds.length} folds with ${people} new users.`] : []),
    ...(folds ?? [report]).flatMap(foldLines),
    ...(leftOut > 0
      ? [`${leftOut} new users are left out: their test pairs do not have both labels, 1 and 0.`]
      : []),
    ...(ties.pool + ties.test > 0
      ? [`${ties.pool} questions and ${ties.test} test pairs are ties. ${ties.scoring}`]
      : []),
    "",
  ].join("\n");
}

function foldLines(fold: FoldReport): string[] {
  const { dataset, encoder, gate, personalShare, rank, users } = fold;
  const { trainingComparisons, trainingMembers } = fold;
  return [
    `${dataset}: ${rank} base rewards from ${trainingComparisons} comparisons of ${trainingMembers} members (features: ${encoder}), trained in ${fold.trainSeconds.toFixed(1)} s; ${personalShare === 1 ? "" : `how personal: ${personalShare}; `}${users} new users.`,
    `The gate: ${gate.reason}${gate.adopted ? "" : " They are measured all the same."}`,
  ];
}

function gainLines({ gain, people, pooled }: Report): string[] {
  const answers = Object.keys(Object.values(gain)[0] ?? {});
  const rendered = createTable("questions by", answers);
  for (const [acquisition, figures] of Object.entries(gain)) {
    const cell = (at: string) => {
      const { mean, standardError } = figures[Number(at)]!;
      return `${mean < 0 ? "" : "+"}${mean.toFixed(3)} ±${standardError.toFixed(3)}`;
    };
    rendered.push([acquisition, ...answers.map(cell)]);
  }
  return [
    `Gain over everybody alike (${pooled.auc.toFixed(3)} ±${pooled.standardError.toFixed(3)}), paired by person, ${people} people:`,
    rendered.toString(),
  ];
}

function table(
  means: ByAcquisition,
  errors: ByAcquisition | undefined,
  global: ByAnswers | undefined,
): string {
  const answers = Object.keys(Object.values(means)[0] ?? {});
  const rendered = createTable("questions by", answers);
  for (const [acquisition, figures] of Object.entries(means)) {
    const cell = (at: string) =>
      `${figures[Number(at)]!.toFixed(3)} ±${(errors?.[acquisition]?.[Number(at)] ?? 0).toFixed(3)}`;
    rendered.push([acquisition, ...answers.map(cell)]);
  }
  if (global !== undefined) {
    rendered.push([
      "none (everybody alike)",
      ...answers.map((at) => global[Number(at)]!.toFixed(3)),
    ]);
  }
  return rendered.toString();
}

function attackLines({ share, strategies }: AttackReport): string[] {
  const attacks = Object.entries(strategies);
  const answers = Object.keys(attacks[0]?.[1].auc ?? {});
  const rendered = createTable("attack", [...answers, "left out", "gate"]);
  for (const [name, { accounts, adopted, auc, difference, leftOut, standardError }] of attacks) {
    const cell = (at: string) => {
      const change = difference[Number(at)]!;
      const sign = change < 0 ? "" : "+";
      return `${auc[Number(at)]!.toFixed(3)}\n${sign}${change.toFixed(3)} ±${standardError[Number(at)]!.toFixed(3)}`;
    };
    const gate = adopted ? "adopts" : "refuses";
    rendered.push([`${name}\n(${accounts} accounts)`, ...answers.map(cell), leftOut, gate]);
  }
  return [
    `ROC AUC when ${(100 * share).toFixed(0)} % of the accounts in training collude, and the difference to none:`,
    rendered.toString(),
  ];
}

function createTable(first: string, columns: readonly string[]) {
  return new Table({
    head: [first, ...columns],
    colAligns: ["left", ...columns.map(() => "right" as const)],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
}

function timingLines({ microseconds }: Report): string[] {
  const time = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} µs`;
  return [
    `User weights from answers: ${listing(microseconds.updateWeights, time)}`,
    `Best of candidate pairs: ${listing(microseconds.selectPair, time)}`,
    `Scoring candidates: ${listing(microseconds.scoreCandidates, time)}`,
  ];
}

function listing(figures: Readonly<Record<number, number>>, show: (value: number) => string) {
  return Object.entries(figures)
    .map(([size, value]) => `${size}: ${show(value)}`)
    .join(", ");
}
