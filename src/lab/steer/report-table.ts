/** A replay's report for people in a terminal. */
import Table from "cli-table3";
import type { Estimate } from "../evaluate/metrics.js";
import { ADAPTIVE, EXPLOIT, FIXED, PLAIN, SPREAD } from "./arms.js";
import type { ArmFigures, ReplayReport } from "./run-replay.js";

const BARE = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

export function renderReplay(report: ReplayReport): string {
  return [
    headOf(report),
    `True utility of what is sent, in logits: 0 is any text, ${report.oracle.toFixed(2)} the best one of each prompt.`,
    "What is not by number of ballots is after the last one.",
    ...compliancesOf(report).flatMap((compliance) => [
      "",
      `The generator obeys with probability ${compliance}:`,
      tableOf(report, compliance),
      ...verdictsOf(report, compliance),
    ]),
  ].join("\n");
}

/** Percent of the way from any text to the best one of each prompt. */
export function renderAblation(report: ReplayReport): string {
  return [
    headOf(report),
    "How good is what is sent, in percent of the way from any text (0) to the best one (100); requests and tokens after the last ballot.",
    ...compliancesOf(report).flatMap((compliance) => {
      const table = new Table({
        head: ["after so many ballots", ...report.checkpoints.map(String), "requests", "tokens"],
        style: { head: [], border: [] },
        chars: BARE,
      });
      for (const figures of armsAt(report, compliance)) {
        const shares = figures.utility.map(({ mean, standardError }) => {
          const [share, error] = [mean, standardError].map((one) => (100 * one) / report.oracle);
          return `${share!.toFixed(0)} ±${error!.toFixed(0)}`;
        });
        const { requests, tokens } = figures;
        const cost = [requests.at(-1)!.toFixed(1), tokens.at(-1)!.toFixed(0)];
        table.push([figures.arm, ...shares, ...cost]);
      }
      return ["", `The generator obeys with probability ${compliance}:`, table.toString()];
    }),
  ].join("\n");
}

function headOf({ pool, populations, people }: ReplayReport): string {
  return `${pool}: ${populations} kinds of ${people} people each with planted tastes that no part of the engine reads.`;
}

function compliancesOf({ arms }: ReplayReport): number[] {
  return [...new Set(arms.map(({ compliance }) => compliance))];
}

function armsAt({ arms }: ReplayReport, compliance: number): ArmFigures[] {
  return arms.filter((arm) => arm.compliance === compliance);
}

function tableOf(report: ReplayReport, compliance: number): string {
  const table = new Table({
    head: [
      "after so many ballots",
      ...report.checkpoints.map(String),
      "over plain × 4",
      "AUC",
      "ballots",
      "requests",
      "tokens",
    ],
    style: { head: [], border: [] },
    chars: BARE,
  });
  for (const arm of armsAt(report, compliance)) table.push(rowOf(arm));
  return table.toString();
}

function rowOf(figures: ArmFigures): string[] {
  const { arm, auc, ballots, utilityOver, requests, tokens, utility } = figures;
  const over = utilityOver[PLAIN]?.at(-1);
  return [
    arm,
    ...utility.map(({ mean, standardError }) => `${mean.toFixed(2)} ±${standardError.toFixed(2)}`),
    over === undefined ? "" : signed(over),
    auc.at(-1)!.mean.toFixed(3),
    ballots.at(-1)!.toFixed(1),
    requests.at(-1)!.toFixed(1),
    tokens.at(-1)!.toFixed(0),
  ];
}

/** What steering has to show, each as one line; none of an arm that is not there. */
function verdictsOf(report: ReplayReport, compliance: number): string[] {
  const arms = new Map(armsAt(report, compliance).map((arm) => [arm.arm, arm]));
  const [plain, fixed, spread, adaptive] = ["plain", FIXED, SPREAD, ADAPTIVE].map((name) =>
    arms.get(name),
  );
  if (!plain || !fixed || !spread || !adaptive) return [];
  const gap = (at: number) => (report.oracle - fixed.utility[at]!.mean) / 4;
  const points = report.checkpoints.map((ballots, at) => ({ ballots, at })).slice(1);
  const byBallots = (text: (at: number) => string) =>
    points.map(({ ballots, at }) => `${text(at)} after ${ballots}`).join(", ");
  const share = adaptive.tokens.at(-1)! / plain.tokens.at(-1)!;
  return [
    `Spread over fixed styles: ${byBallots((at) => `${signed(spread.utilityOver[FIXED]![at]!)} (a quarter of the way to the best: ${gap(at).toFixed(2)})`)}.`,
    `Adaptive N over fixed styles: ${byBallots((at) => signed(adaptive.utilityOver[FIXED]![at]!))}.`,
    `AUC of the spread over exploit × 4: ${byBallots((at) => signed(spread.aucOver[EXPLOIT]![at]!, 3))}.`,
    `Adaptive N over the spread: ${byBallots((at) => signed(adaptive.utilityOver[SPREAD]![at]!))}; at the end ${share.toFixed(2)} times the tokens of a plain answer.`,
  ];
}

function signed({ mean, standardError }: Estimate, digits = 2): string {
  const sign = mean < 0 ? "−" : "+";
  return `${sign}${Math.abs(mean).toFixed(digits)} ±${standardError.toFixed(digits)}`;
}
