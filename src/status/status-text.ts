/** The status in words. No Discord. */
import type { Budget } from "../limits/limits.js";
import type { Status } from "./status.js";
import type { UsageSummary } from "./usage.js";

export function statusText(status: Status): string {
  const { membersWithProfile, votesPerDay, model, versions } = status;
  return [
    `**Members with a profile here**: ${membersWithProfile}`,
    `**Votes a day**, the last ${votesPerDay.length}: ${votesPerDay.join(" · ")}`,
    `**Language model**: ${status.languageModel}`,
    `**Base rewards**: version ${model.version}, ${model.heldOut === undefined ? "made by hand, without held-out figures" : `${percent(model.heldOut.accuracy)} of ${model.heldOut.comparisons} held-out votes predicted right`}; ${versions.length} learned ${versions.length === 1 ? "version is" : "versions are"} kept`,
    `**Training**: ${status.training ? "running now" : "not running"}${status.trainingBackend === undefined ? "" : `; last: ${status.trainingBackend}`}`,
    `**Queue**: ${status.inHand} ${status.inHand === 1 ? "call" : "calls"} in hand`,
    `**Cost so far**: ${costText(status.usage)}`,
    `**Used today** (UTC): ${budgetsText(status.budgets)}`,
  ].join("\n");
}

const UNITS: Readonly<Partial<Record<Budget["unit"], string>>> = {
  messagesPerDay: "messages",
  ballotsPerDay: "ballots",
  tokensPerDay: "tokens",
};

/** Each budget with how far it is used. */
function budgetsText(budgets: readonly Budget[]): string {
  if (budgets.length === 0) return "no limits are set";
  const texts = budgets.map(({ unit, scope, used, most }) => {
    const whose = scope === "server" ? "of this server" : "of all servers";
    return `${used} of ${most} ${UNITS[unit] ?? unit} ${whose} (${percent(used / most)})`;
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
