/** The status in words: all of it for the owners of the bot, and for everybody else next to nothing of other servers. No Discord. */

import type { PersonalShare } from "../../models/rewards/personal-share.js";
import { nameOfVersion } from "../../models/rewards/starter.js";
import { dollars, percent } from "../language/figures.js";
import type { MessageKey, Say } from "../language/say.js";
import type { Budget } from "../limits/limits.js";
import type { UsageSummary } from "../limits/usage.js";
import type { HeldOutRecord } from "../store/records.js";
import { dosesText } from "./doses-text.js";
import { roundedHeldOut } from "./rounded-figures.js";
import type { Status } from "./status.js";

/** Shares of what all servers use together are shown to the nearest tenth. */
const TENTH = 10;

const TASTES = {
  0: "status.agree",
  0.25: "status.differALittle",
  0.5: "status.differSomewhat",
  1: "status.differ",
} as const satisfies Readonly<Record<PersonalShare, MessageKey>>;

const UNITS: Readonly<
  Record<string, MessageKey & `status.${"messages" | "ballots" | "tokensUnit"}`>
> = {
  messagesPerDay: "status.messages",
  ballotsPerDay: "status.ballots",
  tokensPerDay: "status.tokensUnit",
};

/** `isOwner` for whom the bot belongs to: costs and figures of all servers are theirs alone. */
export function statusText(status: Status, isOwner: boolean, say: Say): string {
  const { votesPerDay, update } = status;
  return [
    say("status.members", { members: status.membersWithProfile }),
    say("status.votes", { days: votesPerDay.length, votes: votesPerDay.join(" · ") }),
    say("status.languageModel", { model: status.languageModel }),
    baseRewardsLine(status, isOwner, say),
    say(TASTES[status.model.personalShare]),
    trainingLine(status, say),
    ...shardsLine(status, say),
    say("status.queue", { calls: status.inHand }),
    ...(isOwner ? [say("status.doses", { doses: dosesText(status.doses, say) })] : []),
    ...(isOwner ? [say("status.cost", { cost: costText(status.usage, say) })] : []),
    ...(isOwner && update ? [say("status.update", { ...update })] : []),
    say("status.used", { budgets: budgetsText(status.budgets, isOwner, say) }),
  ].join("\n");
}

function baseRewardsLine({ model, versions }: Status, isOwner: boolean, say: Say): string {
  const { heldOut, version } = model;
  const figures = heldOut === undefined ? say("status.byHand") : figuresOf(heldOut, isOwner, say);
  return say("status.baseRewards", {
    version: nameOfVersion(version),
    figures,
    versions: versions.length,
  });
}

function figuresOf(heldOut: HeldOutRecord, isOwner: boolean, say: Say): string {
  if (isOwner) {
    const { accuracy, comparisons: votes } = heldOut;
    return say("status.exact", { share: percent(accuracy, say), votes });
  }
  const rounded = roundedHeldOut(heldOut);
  if (rounded === undefined) return say("status.heldOutTooFew");
  return say("status.rounded", { share: percent(rounded.accuracy, say) });
}

function trainingLine({ training, trainingBackend: backend }: Status, say: Say): string {
  const state = training ? "running" : "waiting";
  if (backend === undefined) return say("status.training", { state });
  return say("status.trainingLast", { state, backend });
}

/** Nothing where there is one shard: who reads this is connected by it. */
function shardsLine({ shards: { count, own } }: Status, say: Say): string[] {
  if (count === 1) return [];
  const ids = (some: typeof own) => some.map(({ id }) => id).join(", ");
  const lost = own.filter(({ isReady }) => !isReady);
  const facts = { shards: ids(own), count };
  return [
    lost.length === 0
      ? say("status.shards", facts)
      : say("status.shardsLost", { ...facts, lost: ids(lost) }),
  ];
}

/** Each budget with how far it is used. */
function budgetsText(budgets: readonly Budget[], isOwner: boolean, say: Say): string {
  if (budgets.length === 0) return say("status.noLimits");
  const texts = budgets.map(({ unit: name, scope, used, most }) => {
    const unit = Object.hasOwn(UNITS, name) ? say(UNITS[name]!) : name;
    const isShared = scope === "everywhere";
    if (isShared && !isOwner) {
      const tenths = TENTH * Math.round((TENTH * used) / most);
      return say("status.about", { tenths, unit });
    }
    const share = percent(most > 0 ? used / most : 1, say);
    const facts = { used, most, unit, share };
    return isShared ? say("status.ofAllServers", facts) : say("status.ofThisServer", facts);
  });
  return texts.join(" · ");
}

function costText(usage: UsageSummary, say: Say): string {
  const { cost, requests, inputTokens: input, outputTokens: output } = usage;
  const { embeddingTokens: embedding = 0 } = usage;
  const tokens =
    embedding === 0
      ? say("status.tokens", { requests, input, output })
      : say("status.tokensEmbedded", { requests, input, output, embedding });
  if (cost === undefined) return say("status.noPrices", { tokens });
  return say("status.priced", { cost: dollars(cost, say), tokens });
}
