/** A retraining in words, for `/retrain`, the playground and the log. No Discord. */

import type { Axis } from "../../models/rewards/base-rewards.js";
import { nameOfVersion } from "../../models/rewards/starter.js";
import { MINIMUM_HELD_OUT } from "../../models/training/validate/gate.js";
import type { RetrainProgress } from "../../workers/requests.js";
import { axisEnd } from "../language/axis-words.js";
import { decimal, percent } from "../language/figures.js";
import type { MessageKey, Say } from "../language/say.js";
import { relativeTime } from "../shared/time.js";
import type { HeldOutRecord, ModelRecord } from "../store/records.js";
import type { RetrainingReport } from "./retraining.js";

const BAR_LENGTH = 20;
/** A report has to fit into one message. */
const MOST_AXES = 8;

/** The stages of a training, as the engine calls them. */
const STAGES = {
  "reading the votes": "training.readingVotes",
  "choosing the settings": "training.choosingSettings",
  "trying a hidden layer": "training.hiddenLayer",
  "training on everybody": "training.onEverybody",
  "comparing with the present base rewards": "training.comparing",
  done: "training.done",
  "naming the base rewards": "training.naming",
  "refitting the profiles": "training.refitting",
} as const satisfies Readonly<Record<string, MessageKey>>;

/** What `stage` is called in the reader's language. */
export function stageText(stage: string, say: Say): string {
  return Object.hasOwn(STAGES, stage) ? say(STAGES[stage as keyof typeof STAGES]) : stage;
}

/** One line with a bar. */
export function progressText({ done, stage }: RetrainProgress, say: Say): string {
  const filled = Math.round(Math.min(1, Math.max(0, done)) * BAR_LENGTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_LENGTH - filled);
  return say("training.progress", {
    bar,
    percent: percent(done, say),
    stage: stageText(stage, say),
  });
}

/** The held-out figures before and after, what became of the new base rewards, and what they are. */
export function reportText(report: RetrainingReport, say: Say): string {
  const { members, comparisons, rank, version } = report;
  return [
    reasonText(report, say),
    report.adopted
      ? say("training.answerNow", {
          version,
          refits: refitText(report, say),
          command: restoreCommand(report),
        })
      : say("training.stay"),
    say("training.before", { figures: figures(report.before, say) }),
    say("training.after", { figures: figures(report.after, say) }),
    say("training.learned", {
      votes: comparisons,
      members,
      seconds: decimal(report.seconds, say, 1),
      rank,
    }),
    ...(report.leftOut === 0 ? [] : [say("training.leftOut", { members: report.leftOut })]),
    ...axisLines(report.axes, say),
  ].join("\n");
}

/** Why the new base rewards were adopted, or not. */
export function reasonText(
  { grounds, gain, after }: Pick<RetrainingReport, "grounds" | "gain" | "after">,
  say: Say,
): string {
  const people = after.members;
  if (grounds === "tooFew") return say("training.tooFew", { people, minimum: MINIMUM_HELD_OUT });
  if (grounds === "guessing") return say("training.guessing", { people });
  const nats = (value = 0) => decimal(value, say, 4);
  const facts = { people, mean: nats(gain?.mean), low: nats(gain?.low), high: nats(gain?.high) };
  return say(`training.${grounds}`, facts);
}

/** One line that tells versions apart: when, and how good on held-out members. */
export function versionText({ version, at, heldOut }: ModelRecord, say: Say): string {
  const when = new Date(at).toISOString().slice(0, 16).replace("T", " ");
  return say("training.version", { when, right: inPercent(heldOut.after, say), version });
}

function refitText({ refitLeft: profiles }: RetrainingReport, say: Say): string {
  return profiles === 0 ? say("training.allRefitted") : say("training.refitsLeft", { profiles });
}

function restoreCommand({ previous, scope }: RetrainingReport): string {
  return `npm run models -- restore ${nameOfVersion(previous)} --scope ${scope}`;
}

function axisLines(axes: readonly Axis[], say: Say): string[] {
  const lines = axes.slice(0, MOST_AXES).map((axis) => {
    const ends = `${axisEnd(axis, "low", say)} ↔ ${axisEnd(axis, "high", say)}`;
    // The names of axes are English; their ends say as much.
    return say.language === "en" ? `• ${axis.name}: ${ends}` : `• ${ends}`;
  });
  const more = axes.length - MOST_AXES;
  return more > 0 ? [...lines, say("training.moreAxes", { more })] : lines;
}

function figures(heldOut: HeldOutRecord, say: Say): string {
  return say("training.figures", {
    right: inPercent(heldOut, say),
    votes: heldOut.comparisons,
    likelihood: decimal(heldOut.logLikelihood, say, 4),
  });
}

function inPercent({ accuracy }: Pick<HeldOutRecord, "accuracy">, say: Say): string {
  return decimal(100 * accuracy, say, 1);
}

/** Says when the next retraining by hand may start. */
export function tooSoonText(nextAt: number, say: Say): string {
  return say("training.tooSoon", { when: relativeTime(nextAt) });
}
