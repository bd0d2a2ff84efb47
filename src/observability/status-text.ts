/** The status in words: all of it for the owners of the bot, and for everybody else next to nothing of other servers. No Discord. */
import type { PersonalShare } from "../../models/rewards/personal-share.js";
import type { Say } from "../language/say.js";
import type { Budget } from "../limits/limits.js";
import type { UsageSummary } from "../limits/usage.js";
import type { HeldOutRecord } from "../store/records.js";
import { dosesText } from "./doses-text.js";
import { roundedHeldOut } from "./rounded-figures.js";
import type { Status } from "./status.js";
import type { Update } from "./updates.js";

/** Shares of what all servers use together are shown to the nearest tenth. */
const TENTH = 10;

/** `isOwner` for whom the bot belongs to: costs and figures of all servers are theirs alone. */
export function statusText(status: Status, isOwner: boolean, say: Say): string {
  const { membersWithProfile, votesPerDay, model, versions } = status;
  const figures = isOwner ? exactFigures(model.heldOut) : roundedFigures(model.heldOut);
  return [
    `**Members with a profile here**: ${membersWithProfile}`,
    `**Votes a day**, the last ${votesPerDay.length}: ${votesPerDay.join(" · ")}`,
    `**Language model**: ${status.languageModel}`,
    `**Base rewards**: version ${model.version}, ${model.heldOut === undefined ? "made by hand, without held-out figures" : figures}; ${versions.length} learned ${versions.length === 1 ? "version is" : "versions are"} stored`,
    `**Tastes**: ${TASTES[model.personalShare]}`,
    `**Training**: ${status.training ? "running now" : "not running"}${status.trainingBackend === undefined ? "" : `; last: ${status.trainingBackend}`}`,
    `**Queue**: ${status.inHand} ${status.inHand === 1 ? "call" : "calls"} under way`,
    ...(isOwner
      ? [
          `**What one step of a directive moves** (standard deviations): ${dosesText(status.doses, say)}`,
        ]
      : []),
    ...(isOwner ? [`**Cost so far**: ${costText(status.usage)}`] : []),
    ...(isOwner && status.update ? [updateText(status.update)] : []),
    `**Used today** (UTC): ${budgetsText(status.budgets, isOwner)}`,
  ].join("\n");
}

function updateText({ version, page }: Update): string {
  return `**Update**: version ${version} is out: <${page}>`;
}

const TASTES: Readonly<Record<PersonalShare, string>> = {
  0: "members agree, so everybody gets the answer that most people like, and nobody is asked",
  0.25: "members differ a little, so their own votes move answers only a little",
  0.5: "members differ somewhat, so their own votes move answers less than they could",
  1: "members differ, so their own votes count in full",
};

const UNITS: Readonly<Partial<Record<Budget["unit"], string>>> = {
  messagesPerDay: "messages",
  ballotsPerDay: "ballots",
  tokensPerDay: "tokens",
};

function exactFigures(heldOut: HeldOutRecord | undefined): string {
  if (heldOut === undefined) return "";
  return `${percent(heldOut.accuracy)} of ${heldOut.comparisons} held-out votes predicted right`;
}

function roundedFigures(heldOut: HeldOutRecord | undefined): string {
  const rounded = heldOut && roundedHeldOut(heldOut);
  if (rounded === undefined) return "held out from too few people for a figure";
  return `about ${percent(rounded.accuracy)} of held-out votes predicted right`;
}

/** Each budget with how far it is used. */
function budgetsText(budgets: readonly Budget[], isOwner: boolean): string {
  if (budgets.length === 0) return "no limits are set";
  const texts = budgets.map(({ unit, scope, used, most }) => {
    const isShared = scope === "everywhere";
    if (isShared && !isOwner) {
      const tenths = TENTH * Math.round((TENTH * used) / most);
      return `about ${tenths} % of the ${UNITS[unit] ?? unit} of all servers together`;
    }
    const whose = isShared ? "of all servers" : "of this server";
    return `${used} of ${most} ${UNITS[unit] ?? unit} ${whose} (${percent(most > 0 ? used / most : 1)})`;
  });
  return texts.join(" · ");
}

function costText(usage: UsageSummary): string {
  const { cost, requests, inputTokens, outputTokens, embeddingTokens = 0 } = usage;
  const embedded = embeddingTokens === 0 ? "" : `, ${embeddingTokens} for embeddings`;
  const tokens = `${requests} requests, ${inputTokens} tokens in, ${outputTokens} out${embedded}`;
  return cost === undefined ? `${tokens} (no prices set)` : `$${cost.toFixed(2)} (${tokens})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
