/** What an admin wants to know at a glance: members, votes, the model, the load, the cost. */
import type { PersonalShare } from "../../models/rewards/personal-share.js";
import type { DoseTable } from "../../models/steering/dose-response.js";
import type { OwnShards } from "../guilds/shards.js";
import type { Budget, Limits } from "../limits/limits.js";
import type { Usage, UsageSummary } from "../limits/usage.js";
import { type Clock, dayOf } from "../shared/time.js";
import type { HeldOutRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { Jobs } from "../training/jobs/jobs.js";
import type { ModelLibrary } from "../training/model-library.js";
import type { Metrics, ShardReading } from "./metrics.js";
import type { Update, Updates } from "./updates.js";

const DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Status {
  readonly membersWithProfile: number;
  /** Votes of each of the last {@link DAYS} days (UTC), the oldest first. */
  readonly votesPerDay: readonly number[];
  readonly languageModel: string;
  /** What directives do to its answers. */
  readonly doses: DoseTable;
  /** Which backend trained last; undefined if none has since the start. */
  readonly trainingBackend: string | undefined;
  readonly model: {
    readonly version: string;
    readonly heldOut: HeldOutRecord | undefined;
    /** κ, how personal members' weights may be. */
    readonly personalShare: PersonalShare;
  };
  /** The stored versions that can answer here, the oldest first. */
  readonly versions: readonly { readonly version: string; readonly heldOut: HeldOutRecord }[];
  /** Those of this process out of all. */
  readonly shards: {
    readonly count: number;
    readonly own: readonly Pick<ShardReading, "id" | "isReady">[];
  };
  /** Calls that wait for a thread or run in one. */
  readonly inHand: number;
  /** A newer version of Attune, if one is known. */
  readonly update: Update | undefined;
  readonly training: boolean;
  readonly usage: UsageSummary;
  /** Today's budgets of the guild and of the whole bot. */
  readonly budgets: readonly Budget[];
}

export interface StatusParts {
  readonly store: Store;
  readonly models: ModelLibrary;
  readonly jobs: Pick<Jobs, "training">;
  readonly usage: Usage;
  readonly metrics: Pick<Metrics, "readings">;
  readonly shards: Pick<OwnShards, "count">;
  readonly inHand: () => number;
  readonly languageModel: string;
  readonly doses: { learned(): Promise<{ readonly axes: DoseTable }> };
  readonly limits: Limits;
  readonly updates: Pick<Updates, "available">;
  readonly clock: Clock;
}

/** Of one guild, as far as members and votes go; the rest is the same everywhere. */
export async function statusOf(guildId: string, parts: StatusParts): Promise<Status> {
  const { models, jobs, usage, languageModel } = parts;
  const { progress, lastReport } = await jobs.training();
  const versions = (await models.restorable()).map(({ version, heldOut }) => ({
    version,
    heldOut: heldOut.after,
  }));
  const { personalShare = 1, version } = models.current;
  return {
    membersWithProfile: await membersWithProfile(guildId, parts.store),
    votesPerDay: await votesPerDay(guildId, parts),
    languageModel,
    doses: (await parts.doses.learned()).axes,
    trainingBackend: lastReport?.backend,
    model: {
      version,
      heldOut: versions.find((one) => one.version === version)?.heldOut,
      personalShare,
    },
    versions,
    shards: { count: parts.shards.count, own: parts.metrics.readings.shards() },
    inHand: parts.inHand(),
    update: parts.updates.available,
    training: progress !== undefined,
    usage: await usage.total(),
    budgets: parts.limits.budgets({ guildId }).filter(({ unit }) => unit !== "messagesPerMinute"),
  };
}

async function membersWithProfile(guildId: string, { profiles }: Store): Promise<number> {
  const prefix = `${guildId}:`;
  return (await profiles.count(prefix)) - (await profiles.count(prefix, { voteless: true }));
}

async function votesPerDay(guild: string, { store, clock }: StatusParts): Promise<number[]> {
  const days = Array.from({ length: DAYS }, (_, ago) => dayOf(clock() - (DAYS - 1 - ago) * DAY_MS));
  return Promise.all(days.map((day) => store.comparisons.count("", { voted: { guild, day } })));
}
