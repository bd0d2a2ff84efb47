/**
 * Each member's user weights: read, refitted after a change of comparisons, reset.
 * Knows the store and the worker pool; nothing of Discord.
 */
import AsyncLock from "async-lock";
import { type AxisLeaning, describeLeanings } from "../../models/rewards/axis-leanings.js";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { membersAgree } from "../../models/rewards/personal-share.js";
import { shiftedWeights } from "../../models/rewards/server-mean.js";
import { priorUserWeights, type UserWeights } from "../../models/rewards/user-weights.js";
import type { Compute } from "../../workers/compute.js";
import { ComputeError } from "../../workers/compute-error.js";
import type { ComparisonChange } from "../ballots/learning.js";
import type { Log } from "../shared/log.js";
import type { Clock } from "../shared/time.js";
import { untilUnchanged, writeUnchanged } from "../store/change-record.js";
import { type Condition, permitFor } from "../store/condition.js";
import type { Write } from "../store/engine.js";
import { comparisonKey, comparisonPrefix, profileKey } from "../store/keys.js";
import type { ComparisonRecord, MemberKey, ProfileRecord, VotedWords } from "../store/records.js";
import type { Store } from "../store/store.js";
import { StoreUnavailableError } from "../store/store-error.js";
import type { Seen, Unchanged } from "../store/unchanged.js";
import { recordOfWeights, toAgedComparisons, weightsOfRecord } from "./engine-data.js";
import type { ServerMeans } from "./server-means.js";
import { votedWords } from "./voted-words.js";

/** The base rewards that answer now. */
export interface CurrentModel {
  readonly current: BaseRewardModel;
}

/** What `/profile view` shows. */
export interface ProfileView {
  readonly votes: number;
  /** Wishes that the member set by hand. */
  readonly nudges: number;
  readonly leanings: readonly AxisLeaning[];
  /** True if members agree, so that nothing here is this member's own. */
  readonly agree?: boolean;
  /** A coarse mark of each axis for the members here who share theirs; none if they are too few. */
  readonly average?: readonly number[];
}

/** What follows from a member's comparisons. */
export interface Preferences {
  readonly userWeights: UserWeights;
  readonly votedWords: VotedWords;
}

/** The same; the words are missing where they are not stored. */
type Own = Pick<Preferences, "userWeights"> & Partial<Preferences>;

export interface ProfilesParts {
  readonly store: Store;
  readonly compute: Compute;
  readonly models: CurrentModel;
  /** How servers' means differ from everybody's; all servers are alike if left out. */
  readonly serverMeans?: ServerMeans | undefined;
  /** After this many later votes a vote counts half; all count the same if left out. */
  readonly voteHalfLife?: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export class Profiles {
  readonly #lock = new AsyncLock();

  constructor(private readonly parts: ProfilesParts) {}

  /** After this many later votes a vote counts half; infinite if all count the same. */
  get voteHalfLife(): number {
    return this.parts.voteHalfLife ?? Number.POSITIVE_INFINITY;
  }

  /**
   * λ̂ of a member under the current base rewards and about the mean of their server; that mean for
   * somebody new.
   */
  async userWeights(member: MemberKey): Promise<UserWeights> {
    const own = await this.ownWeights(member);
    const model = this.parts.models.current;
    if (own.modelVersion !== model.version) return own;
    const shift = this.parts.serverMeans?.shiftOf(member.guildId, model);
    return shift === undefined ? own : shiftedWeights(model, own, shift);
  }

  /** λ̂ about everybody's mean, as it is stored: what is shown, for it tells nothing of a server's others. */
  async ownWeights(member: MemberKey): Promise<UserWeights> {
    return (await this.#own(member)).userWeights;
  }

  /** As {@link ownWeights}, and how long the answers are that the member's votes are about. */
  async ownPreferences(member: MemberKey): Promise<Preferences> {
    const { userWeights, votedWords: stored } = await this.#own(member);
    if (stored !== undefined) return { userWeights, votedWords: stored };
    const { encoderId, dimensions } = this.parts.models.current;
    const records = await this.comparisonsOf(member);
    return { userWeights, votedWords: votedWords(records, encoderId, dimensions) };
  }

  async #own(member: MemberKey): Promise<Own> {
    const model = this.parts.models.current;
    const record = await this.#read(member);
    if (record === undefined) return { userWeights: priorUserWeights(model) };
    if (isFresh(record, model)) return ownOfRecord(record);
    return this.#refitWhereStale(member);
  }

  /** Which way the member leans on each axis, and how sure that is. */
  async view(member: MemberKey): Promise<ProfileView> {
    const userWeights = await this.ownWeights(member);
    const model = this.parts.models.current;
    const current =
      userWeights.modelVersion === model.version ? userWeights : await this.ownWeights(member);
    const records = await this.comparisonsOf(member);
    const nudges = records.filter(({ source }) => source === "nudge").length;
    const votes = records.length - nudges;
    const leanings = describeLeanings(model, current);
    return { votes, nudges, leanings, ...(membersAgree(model) && { agree: true }) };
  }

  /** The member's stored comparisons, in the order in which they were asked. */
  async comparisonsOf(member: MemberKey): Promise<ComparisonRecord[]> {
    return [...(await this.#comparisonsByKey(member)).values()];
  }

  /**
   * Makes `change`, alone among all changes of this member, and stores it with the weights that
   * follow from it and with whatever else belongs `together` with it: all or nothing, so that a
   * process that dies leaves no half-stored vote. Where another process changes the member's
   * comparisons meanwhile, the weights are made anew from what is stored then. Returns false, and
   * stores nothing, if `permit` does not hold. Throws `StoreError`.
   */
  async changeComparison(
    member: MemberKey,
    change: ComparisonChange,
    permit: Condition,
    together: readonly Write[] = [],
  ): Promise<boolean> {
    const { store } = this.parts;
    const { comparisonId, record } = change;
    const key = comparisonKey(member, comparisonId);
    return this.#alone(member, async ({ value: before, unchanged }) => {
      const records = await this.#comparisonsByKey(member);
      if (record === undefined) records.delete(key);
      else records.set(key, record);
      const profile = await this.#profileFrom(member, before, inOrder(records));
      const changed =
        record === undefined
          ? store.comparisons.removing(key)
          : store.comparisons.putting(key, record);
      const putting = store.profiles.putting(profileKey(member), profile);
      return writeUnchanged(store, [changed, putting, ...together], unchanged, permit);
    });
  }

  /** Refits after a change of base rewards; nothing to do if the profile is up to date. */
  async refit(member: MemberKey): Promise<void> {
    await this.#refitWhereStale(member);
  }

  #refitWhereStale(member: MemberKey): Promise<Own> {
    const permit = permitFor(this.parts.store.tombstones, member, "record");
    return this.#alone(member, async ({ value: record, unchanged }) => {
      if (record === undefined) return { userWeights: priorUserWeights(this.parts.models.current) };
      return isFresh(record, this.parts.models.current)
        ? ownOfRecord(record)
        : this.#refit(member, record, permit, unchanged);
    });
  }

  async #refit(
    member: MemberKey,
    before: ProfileRecord,
    permit: Condition,
    seen: Unchanged,
  ): Promise<Own> {
    const preferences = await this.#estimate(await this.comparisonsOf(member));
    const record = recordOfPreferences(preferences, this.#timeAfter(before));
    const { store } = this.parts;
    try {
      const putting = store.profiles.putting(profileKey(member), record);
      await writeUnchanged(store, [putting], seen, permit);
    } catch (error) {
      // The weights are just as good unstored: they are computed again next time.
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
    return preferences;
  }

  /** The profile after a change. Where the workers fail it is the old one, marked. */
  async #profileFrom(
    member: MemberKey,
    before: ProfileRecord | undefined,
    records: readonly ComparisonRecord[],
  ): Promise<ProfileRecord> {
    const updatedAt = this.#timeAfter(before);
    try {
      return recordOfPreferences(await this.#estimate(records), updatedAt);
    } catch (error) {
      if (!(error instanceof ComputeError)) throw error;
      const { guildId } = member;
      this.parts.log.error({ event: "profile.refit-failed", guildId, err: error });
      const prior = priorUserWeights(this.parts.models.current);
      return { ...(before ?? recordOfWeights(prior, true, updatedAt)), stale: true, updatedAt };
    }
  }

  async #estimate(records: readonly ComparisonRecord[]): Promise<Preferences> {
    const model = this.parts.models.current;
    const { encoderId, dimensions } = model;
    const comparisons = toAgedComparisons(records, encoderId, dimensions, this.voteHalfLife);
    return {
      userWeights: await this.parts.compute.updateWeights({ model, comparisons }),
      votedWords: votedWords(records, encoderId, dimensions),
    };
  }

  async #comparisonsByKey(member: MemberKey): Promise<Map<string, ComparisonRecord>> {
    const records = new Map<string, ComparisonRecord>();
    const prefix = comparisonPrefix(member);
    for await (const [key, record] of this.parts.store.comparisons.entries(prefix)) {
      records.set(key, record);
    }
    return records;
  }

  #read(member: MemberKey): Promise<ProfileRecord | undefined> {
    return this.parts.store.profiles.get(profileKey(member));
  }

  /**
   * Alone among the changes of this member here, with their profile as it is stored; again where another
   * process comes between. The profile is read first, and written with every change of a comparison: as
   * long as it is unchanged so are they.
   */
  #alone<Result>(
    member: MemberKey,
    action: (profile: Seen<ProfileRecord>) => Promise<Result>,
  ): Promise<Result> {
    const key = profileKey(member);
    const attempt = async () => action(await this.parts.store.profiles.read(key));
    return this.#lock.acquire(key, () => untilUnchanged(attempt));
  }

  /** Later than before, even within a millisecond: no two profiles after one another are the same. */
  #timeAfter(before: ProfileRecord | undefined): number {
    return Math.max(this.parts.clock(), (before?.updatedAt ?? 0) + 1);
  }
}

function ownOfRecord(record: ProfileRecord): Own {
  const { votedWords: stored } = record;
  return { userWeights: weightsOfRecord(record), ...(stored && { votedWords: stored }) };
}

function recordOfPreferences(preferences: Preferences, updatedAt: number): ProfileRecord {
  const record = recordOfWeights(preferences.userWeights, false, updatedAt);
  return { ...record, votedWords: preferences.votedWords };
}

function isFresh(record: ProfileRecord, model: BaseRewardModel): boolean {
  return !record.stale && record.modelVersion === model.version;
}

/** In the order of asking, in which the store will give them as well: votes age by it. */
function inOrder(records: ReadonlyMap<string, ComparisonRecord>): ComparisonRecord[] {
  return [...records.entries()]
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([, record]) => record);
}
