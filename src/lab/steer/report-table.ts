/** A replay's report for people in a terminal. */
import Table from "cli-table3";
import type { ArmFigures, ReplayReport } from "./run-replay.js";

export function renderReplay(report: ReplayReport): string {
  const compliances = [...new Set(report.arms.map(({ compliance }) => compliance))];
  return [
    `${report.pool}: ${report.people} people with planted tastes that no part of the engine reads.`,
    `True utility of what is sent, in logits: 0 is any text, ${report.oracle.toFixed(2)} the best one of each prompt.`,
    ...compliances.flatMap((compliance) => [
      "",
      `The generator obeys with probability ${compliance}:`,
      tableOf(report, compliance),
    ]),
  ].join("\n");
}

function tableOf({ arms, checkpoints }: ReplayReport, compliance: number): string {
  const table = new Table({
    head: [
      "after so many ballots",
      ...checkpoints.map(String),
      "over plain × 4",
      "AUC",
      "ballots",
      "requests",
      "tokens",
    ],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const arm of arms) if (arm.compliance === compliance) table.push(rowOf(arm));
  return table.toString();
}

/** What is not by checkpoint is at the last one. */
function rowOf(figures: ArmFigures): string[] {
  const { arm, auc, ballots, overPlain, requests, tokens, utility } = figures;
  const difference = overPlain.at(-1)!;
  const sign = difference.mean < 0 ? "" : "+";
  return [
    arm,
    ...utility.map(({ mean, standardError }) => `${mean.toFixed(2)} ±${standardError.toFixed(2)}`),
    `${sign}${difference.mean.toFixed(2)} ±${difference.standardError.toFixed(2)}`,
    auc.at(-1)!.mean.toFixed(3),
    ballots.at(-1)!.toFixed(1),
    requests.at(-1)!.toFixed(1),
    tokens.at(-1)!.toFixed(0),
  ];
}
