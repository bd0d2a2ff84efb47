/** The status in words. No Discord. */
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
  ].join("\n");
}

function costText({ cost, requests, inputTokens, outputTokens }: UsageSummary): string {
  const tokens = `${requests} requests, ${inputTokens} tokens in, ${outputTokens} out`;
  return cost === undefined ? `${tokens} (no prices set)` : `$${cost.toFixed(2)} (${tokens})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
