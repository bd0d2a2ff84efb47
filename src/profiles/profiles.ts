/**
 * Each member's user weights: read, refitted after a change of comparisons, reset.
 * Knows the store and the worker pool; nothing of Discord.
 */
import AsyncLock from "async-lock";
import { type AxisLeaning, describeLeanings } from "../../models/axis-leanings.js";
import type { BaseRewardModel } from "../../models/base-rewards.js";
import { priorUserWeights, type UserWeights } from "../../models/user-weights.js";
import type { Compute } from "../../workers/compute.js";
import { ComputeError } from "../../workers/compute-error.js";
import type { Clock } from "../clock.js";
import type { Log } from "../log.js";
import { comparisonPrefix, profileKey } from "../storage/keys.js";
import type { ComparisonRecord, MemberKey, ProfileRecord } from "../storage/records.js";
import type { Store } from "../storage/store.js";
import { toAgedComparisons } from "./stored-comparisons.js";

/** Says which base rewards answer now. */
export interface CurrentModel {
  readonly current: BaseRewardModel;
}

/** What `/profile view` tells. */
export interface ProfileView {
  readonly votes: number;
  /** Wishes that the member set by hand. */
  readonly nudges: number;
  readonly leanings: readonly AxisLeaning[];
  /** The mean weight of each axis over the members here who share theirs; none where they are too few. */
  readonly average?: readonly number[];
}

export interface ProfilesParts {
  readonly store: Store;
  readonly compute: Compute;
  readonly models: CurrentModel;
  /** After this many later votes a vote counts half; all count the same where left out. */
  readonly voteHalfLife?: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export class Profiles {
  readonly #lock = new AsyncLock();

  constructor(private readonly parts: ProfilesParts) {}

  /** After this many later votes a vote counts half; infinite where all count the same. */
  get voteHalfLife(): number {
    return this.parts.voteHalfLife ?? Number.POSITIVE_INFINITY;
  }

  /** λ̂ of a member under the current base rewards; the population's mean for somebody new. */
  async userWeights(member: MemberKey): Promise<UserWeights> {
    const model = this.parts.models.current;
    const record = await this.#read(member);
    if (record === undefined) return priorUserWeights(model);
    if (isFresh(record, model)) return weightsOf(record);
    return this.#locked(member, () => this.#refitWhereStale(member));
  }

  /** Which way the member leans on each axis, and how sure that is. */
  async view(member: MemberKey): Promise<ProfileView> {
    const userWeights = await this.userWeights(member);
    const model = this.parts.models.current;
    const current =
      userWeights.modelVersion === model.version ? userWeights : await this.userWeights(member);
    const records = await this.comparisonsOf(member);
    const nudges = records.filter(({ source }) => source === "nudge").length;
    const votes = records.length - nudges;
    return { votes, nudges, leanings: describeLeanings(model, current) };
  }

  /** The member's stored comparisons, in the order in which they were asked. */
  async comparisonsOf(member: MemberKey): Promise<ComparisonRecord[]> {
    const records: ComparisonRecord[] = [];
    for await (const [, record] of this.parts.store.comparisons.entries(comparisonPrefix(member))) {
      records.push(record);
    }
    return records;
  }

  /**
   * Runs `change`, which adds, replaces or removes comparisons of this member, alone among all
   * changes of this member, and refits the weights. A process that dies in between leaves a profile
   * that is marked and refitted when it is next read. Throws what `change` throws.
   */
  async changeComparisons(member: MemberKey, change: () => Promise<void>): Promise<void> {
    await this.#locked(member, async () => {
      await this.#write(member, { ...(await this.#readOrNew(member)), stale: true });
      await change();
      try {
        await this.#refit(member);
      } catch (error) {
        if (!(error instanceof ComputeError)) throw error;
        this.parts.log.error({
          event: "profile.refit-failed",
          guildId: member.guildId,
          err: error,
        });
      }
    });
  }

  /** Refits after a change of base rewards; nothing to do where the profile is up to date. */
  async refit(member: MemberKey): Promise<void> {
    await this.#locked(member, () => this.#refitWhereStale(member));
  }

  /** Deletes weights and comparisons. Returns how many comparisons there were. */
  async reset(member: MemberKey): Promise<number> {
    return this.#locked(member, async () => {
      const keys: string[] = [];
      for await (const [key] of this.parts.store.comparisons.entries(comparisonPrefix(member))) {
        keys.push(key);
      }
      await this.parts.store.comparisons.deleteMany(keys);
      await this.parts.store.profiles.delete(profileKey(member));
      return keys.length;
    });
  }

  async #refitWhereStale(member: MemberKey): Promise<UserWeights> {
    const record = await this.#read(member);
    if (record === undefined) return priorUserWeights(this.parts.models.current);
    return isFresh(record, this.parts.models.current) ? weightsOf(record) : this.#refit(member);
  }

  async #refit(member: MemberKey): Promise<UserWeights> {
    const model = this.parts.models.current;
    const comparisons = toAgedComparisons(
      await this.comparisonsOf(member),
      model.encoderId,
      model.dimensions,
      this.voteHalfLife,
    );
    const userWeights = await this.parts.compute.updateWeights({ model, comparisons });
    await this.#write(member, this.#recordOf(userWeights));
    return userWeights;
  }

  async #readOrNew(member: MemberKey): Promise<ProfileRecord> {
    const record = await this.#read(member);
    return record ?? this.#recordOf(priorUserWeights(this.parts.models.current));
  }

  #read(member: MemberKey): Promise<ProfileRecord | undefined> {
    return this.parts.store.profiles.get(profileKey(member));
  }

  #write(member: MemberKey, record: ProfileRecord): Promise<void> {
    const updatedAt = this.parts.clock();
    return this.parts.store.profiles.set(profileKey(member), { ...record, updatedAt });
  }

  #recordOf(userWeights: UserWeights): ProfileRecord {
    return {
      weights: [...userWeights.weights],
      cholesky: [...userWeights.cholesky],
      votes: userWeights.votes,
      modelVersion: userWeights.modelVersion,
      stale: false,
      updatedAt: this.parts.clock(),
    };
  }

  #locked<Result>(member: MemberKey, action: () => Promise<Result>): Promise<Result> {
    return this.#lock.acquire(profileKey(member), action);
  }
}

function isFresh(record: ProfileRecord, model: BaseRewardModel): boolean {
  return !record.stale && record.modelVersion === model.version;
}

function weightsOf(record: ProfileRecord): UserWeights {
  return {
    weights: Float64Array.from(record.weights),
    cholesky: Float64Array.from(record.cholesky),
    votes: record.votes,
    modelVersion: record.modelVersion,
  };
}
