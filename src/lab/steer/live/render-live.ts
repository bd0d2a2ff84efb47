/** A live run's report for people in a terminal. */
import Table from "cli-table3";
import type { Interval } from "./bootstrap.js";
import type { CheckedFigures, LiveArmFigures, LiveReport } from "./live-report.js";

const BARE = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

export function renderLive(report: LiveReport): string {
  const { claim, facts, failed, judge, lost, members, prompts, refusals, spent, votes } = report;
  return [
    claim,
    "",
    `What one step of a directive does, in standard deviations of its axis (no judge needed):`,
    dosesTable(report),
    "",
    `${members} people with ${votes} votes each, ${prompts} messages each. Against the plain answer, ties as half, in percent with 95 % intervals over people:`,
    armsTable(report.arms),
    "",
    `The judge, shown ${members} people's held-out votes, agrees with ${percents(judge.agreement)} % of other held-out votes (50 is chance). In ${percent(judge.turned)} % of its verdicts the order alone decided, which counts as a tie; ${percent(judge.unclear)} % named no answer.`,
    "",
    "Facts and false premises that are right, in percent:",
    checkedTable(facts),
    "",
    "Requests that were turned down, in percent:",
    checkedTable(refusals),
    "",
    `${spent.requests} requests, ${spent.input} tokens in, ${spent.output} out; ${failed} requests were turned down by the server, ${lost} comparisons lack a text.`,
    claim,
  ].join("\n");
}

function dosesTable({ manipulation }: LiveReport): string {
  const table = tableWith(["axis", "slope", "answers"]);
  for (const [axis, { slope, standardError, count }] of Object.entries(manipulation)) {
    table.push([axis, `${slope.toFixed(2)} ±${standardError.toFixed(2)}`, count.toFixed(0)]);
  }
  return table.toString();
}

function armsTable(arms: readonly LiveArmFigures[]): string {
  const table = tableWith([
    "",
    "preferred",
    "quality",
    "at equal length",
    "words",
    "requests",
    "tokens",
    "seconds",
  ]);
  for (const { arm, preferred, quality, qualityAtEqualLength, ...cost } of arms) {
    const shares = [preferred, quality, qualityAtEqualLength];
    table.push([
      arm,
      ...shares.map((share) => (share === undefined ? "" : percents(share))),
      cost.words.toFixed(0),
      cost.requests.toFixed(1),
      cost.tokens.toFixed(0),
      (cost.milliseconds / 1_000).toFixed(1),
    ]);
  }
  return table.toString();
}

function checkedTable(figures: readonly CheckedFigures[]): string {
  const table = tableWith(["manner", "share", "over plain"]);
  for (const { manner, share, overPlain } of figures) {
    table.push([manner, percents(share), manner === "plain" ? "" : percents(overPlain)]);
  }
  return table.toString();
}

function tableWith(head: string[]) {
  return new Table({ head, style: { head: [], border: [] }, chars: BARE });
}

function percents({ mean, low, high }: Interval): string {
  return `${percent(mean)} (${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return (100 * share).toFixed(0);
}
