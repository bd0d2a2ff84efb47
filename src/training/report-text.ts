/** A retraining in words, for `/retrain`, the playground and the log. No Discord. */
import type { Axis } from "../../models/rewards/base-rewards.js";
import type { RetrainProgress } from "../../workers/requests.js";
import { relativeTime } from "../shared/time.js";
import type { HeldOutRecord, ModelRecord } from "../store/records.js";
import { isRefusal, type RetrainingReport } from "./retraining.js";

const BAR_LENGTH = 20;
/** A report has to fit into one message. */
const MOST_AXES = 8;

/** One line with a bar. */
export function progressText({ done, stage }: RetrainProgress): string {
  const filled = Math.round(Math.min(1, Math.max(0, done)) * BAR_LENGTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_LENGTH - filled);
  return `Retraining: ${bar} ${Math.round(done * 100)} % (${stage})`;
}

/** The held-out figures before and after, what became of the new base rewards, and what they are. */
export function reportText(report: RetrainingReport): string {
  const { members, comparisons, seconds } = report;
  return [
    report.reason,
    report.adopted
      ? `They answer from now on, as version ${report.version}; ${refitText(report)}. To undo it: ${restoreCommand(report)}`
      : "The present ones stay.",
    `Before: ${figures(report.before)}`,
    `After: ${figures(report.after)}`,
    `Learned from ${comparisons} votes of ${members} members in ${seconds.toFixed(1)} s: ${report.rank} base rewards, those that matter most first.`,
    ...leftOutLines(report),
    ...axisLines(report.axes),
  ].join("\n");
}

/** One line that tells versions apart: when, and how good on held-out members. */
export function versionText({ version, at, heldOut }: ModelRecord): string {
  const when = new Date(at).toISOString().slice(0, 16).replace("T", " ");
  return `${when}, ${(100 * heldOut.after.accuracy).toFixed(1)} % of held-out votes (${version})`;
}

function leftOutLines({ leftOut }: RetrainingReport): string[] {
  if (leftOut === 0) return [];
  return [
    `Left out: ${leftOut} of them, because they vote as one. Their own votes still choose their answers.`,
  ];
}

function refitText({ refitLeft }: RetrainingReport): string {
  if (refitLeft === 0) return "every profile is refitted";
  return refitLeft === 1
    ? "1 profile could not be refitted yet and will be when it is next used"
    : `${refitLeft} profiles could not be refitted yet and will be when they are next used`;
}

function restoreCommand({ previous, scope }: RetrainingReport): string {
  return `npm run models -- restore ${previous} --scope ${scope}`;
}

function axisLines(axes: readonly Axis[]): string[] {
  const lines = axes
    .slice(0, MOST_AXES)
    .map(({ name, low, high }) => `• ${name}: ${low} ↔ ${high}`);
  const more = axes.length - MOST_AXES;
  return more > 0 ? [...lines, `• and ${more} more`] : lines;
}

/** What to say when a retraining was refused for a reason that people can understand. */
export function refusalText(error: unknown): string | undefined {
  return isRefusal(error) ? error.message : undefined;
}

function figures(heldOut: HeldOutRecord): string {
  const right = (100 * heldOut.accuracy).toFixed(1);
  return `${right} % of ${heldOut.comparisons} held-out votes predicted right, log-likelihood ${heldOut.logLikelihood.toFixed(4)} a vote`;
}

/** Says when the next retraining by hand may start. */
export function tooSoonText(nextAt: number): string {
  return `There was a retraining by hand a moment ago; the next one is possible ${relativeTime(nextAt)}.`;
}
