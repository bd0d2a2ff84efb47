/**
 * The average of a server, as a member who shares theirs may see it: taken once a day and stored, so
 * that it gives away no vote, deletion or restart of that day. Knows the store; no Discord.
 */
import AsyncLock from "async-lock";
import type { RandomGenerator } from "../../models/algebra/random.js";
import { type Clock, dayOf } from "../shared/time.js";
import { changeRecord } from "../store/change-record.js";
import { DIRECT_MESSAGES_GUILD } from "../store/ids.js";
import { memberOfKey } from "../store/keys.js";
import type { AverageRecord, MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";
import { numbersFromText } from "../store/vector-text.js";
import { groupMarks } from "./group-marks.js";
import type { MayPool } from "./may-pool.js";
import type { CurrentModel } from "./profiles.js";

/** More members do not move a coarse mark, and a server may have very many. */
const MOST_MEMBERS = 2_000;
/** Profiles that are read for it, those of members who do not share theirs too. */
const MOST_READ = 20_000;

export interface GroupAveragesParts {
  readonly store: Pick<Store, "profiles" | "averages" | "writeTogether">;
  readonly models: CurrentModel;
  /** Who counts: the same as in a training. */
  readonly mayPool: MayPool;
  /** Nobody may foresee it. */
  readonly random: RandomGenerator;
  readonly clock: Clock;
}

export class GroupAverages {
  readonly #lock = new AsyncLock();

  constructor(private readonly parts: GroupAveragesParts) {}

  /**
   * A coarse mark for each axis of the current base rewards. Undefined for members who do not share
   * theirs, in direct messages, if too few share theirs, and until the day after a retraining.
   */
  async marksFor(member: MemberKey): Promise<readonly number[] | undefined> {
    const { guildId } = member;
    if (guildId === DIRECT_MESSAGES_GUILD || !(await this.parts.mayPool(member))) return undefined;
    const { marks, modelVersion } = await this.#lock.acquire(guildId, () => this.#today(guildId));
    return modelVersion === this.parts.models.current.version ? marks : undefined;
  }

  /** The snapshot of today; of a later day if the clock was set back since. */
  #today(guildId: string): Promise<AverageRecord> {
    const { store } = this.parts;
    const change = { store, repository: store.averages, key: guildId };
    // Of two processes that take one both show the first.
    return changeRecord(change, async (stored, write) => {
      const day = dayOf(this.parts.clock());
      if (stored !== undefined && stored.day >= day) return stored;
      const modelVersion = this.parts.models.current.version;
      const marks = groupMarks(await this.#weights(guildId, modelVersion), this.parts.random);
      const taken = { day, modelVersion, ...(marks && { marks }) };
      await write(taken);
      return taken;
    });
  }

  async #weights(guildId: string, modelVersion: string): Promise<number[][]> {
    const weights: number[][] = [];
    let read = 0;
    for await (const [key, record] of this.parts.store.profiles.entries(`${guildId}:`)) {
      if (weights.length === MOST_MEMBERS || ++read > MOST_READ) break;
      if (record.modelVersion !== modelVersion || record.stale || record.votes === 0) continue;
      if (await this.parts.mayPool(memberOfKey(key))) {
        weights.push([...numbersFromText(record.weights)]);
      }
    }
    return weights;
  }
}
