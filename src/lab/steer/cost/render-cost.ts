/** What an answer costs at each stage, for people in a terminal. */
import Table from "cli-table3";
import { type Estimate, estimateOf } from "../../evaluate/metrics.js";
import type { Pace } from "./paced-model.js";
import { type Answered, STAGES, type Stage } from "./run-cost.js";

export interface StageCost {
  readonly stage: Stage;
  readonly answers: number;
  readonly requests: Estimate;
  readonly input: Estimate;
  readonly output: Estimate;
  /** Until the first words may be shown, and until it is whole. */
  readonly firstSeconds: Estimate;
  readonly seconds: Estimate;
}

/** With the pace of the language model. */
export interface CostReport extends Pace {
  readonly stages: readonly StageCost[];
}

export function costReport(answered: readonly Answered[], pace: Pace): CostReport {
  const stages = STAGES.map((stage) => {
    const own = answered.filter((one) => one.stage === stage);
    const over = (figure: (one: Answered) => number) => estimateOf(own.map(figure));
    return {
      stage,
      answers: own.length,
      requests: over(({ requests }) => requests),
      input: over(({ input }) => input),
      output: over(({ output }) => output),
      firstSeconds: over(({ firstMilliseconds }) => firstMilliseconds / 1_000),
      seconds: over(({ milliseconds }) => milliseconds / 1_000),
    };
  });
  return { ...pace, stages };
}

export function renderCost({ firstTokenMilliseconds, tokensASecond, stages }: CostReport): string {
  const table = new Table({
    head: [
      "",
      "answers",
      "requests",
      "tokens in",
      "tokens out",
      "in all",
      "first words",
      "seconds",
    ],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { stage, answers, requests, input, output, firstSeconds, seconds } of stages) {
    table.push([
      stage,
      String(answers),
      requests.mean.toFixed(1),
      input.mean.toFixed(0),
      output.mean.toFixed(0),
      (input.mean + output.mean).toFixed(0),
      ...[firstSeconds, seconds].map((waiting) => (answers === 0 ? "" : waitingText(waiting))),
    ]);
  }
  return [
    `What an answer takes through the bot's own services, with a language model that honours n, does as it is told, needs ${firstTokenMilliseconds} ms to the first word and writes ${tokensASecond} tokens a second:`,
    table.toString(),
  ].join("\n");
}

function waitingText({ mean, standardError }: Estimate): string {
  return `${mean.toFixed(1)} ±${standardError.toFixed(1)}`;
}
