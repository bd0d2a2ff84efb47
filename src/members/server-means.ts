/**
 * How far the mean taste of each server is from everybody's, from the stored weights of its members.
 * Only in memory, and computed again every few minutes, so that a member who deletes leaves no trace.
 */
import { LRUCache } from "lru-cache";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { serverShift } from "../../models/rewards/server-mean.js";
import type { UserWeights } from "../../models/rewards/user-weights.js";
import type { Log } from "../shared/log.js";
import type { Clock } from "../shared/time.js";
import { memberOfKey } from "../store/keys.js";
import type { MemberKey, ProfileRecord } from "../store/records.js";
import type { Repository } from "../store/repository.js";
import { weightsOfRecord } from "./engine-data.js";

/** From the mean of fewer members one member's taste could be worked out. */
const FEWEST_MEMBERS = 20;
const MOST_SERVERS = 2_000;
const FRESH_MS = 10 * 60 * 1000;
/** Multiplications that one server's mean may take on the event loop, J³ for each member. */
const MOST_COST = 2e7;
const MOST_MEMBERS = 300;
/** Profiles that are read for one mean, those of members who do not share theirs too. */
const MOST_READ = 3_000;

export interface ServerMeansParts {
  readonly profiles: Pick<Repository<ProfileRecord>, "entries">;
  readonly mayPool: (member: MemberKey) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

interface Known {
  readonly modelVersion: string;
  readonly at: number;
  /** δ, [J]; undefined if there are too few members. */
  readonly shift: Float64Array | undefined;
}

export class ServerMeans {
  readonly #known = new LRUCache<string, Known>({ max: MOST_SERVERS });
  readonly #running = new Map<string, Promise<void>>();
  /** Grows whenever something is forgotten: what was read before then is not used. */
  #life = 0;

  constructor(private readonly parts: ServerMeansParts) {}

  /** δ as far as it is known now; nobody waits for one that is being computed. */
  shiftOf(guildId: string, model: BaseRewardModel): Float64Array | undefined {
    const known = this.#known.get(guildId);
    const applies = known?.modelVersion === model.version;
    if (!applies || this.parts.clock() - known.at > FRESH_MS) void this.refresh(guildId, model);
    return applies ? known.shift : undefined;
  }

  /** Computes the mean of a server again. Never throws: without a mean everybody's counts. */
  refresh(guildId: string, model: BaseRewardModel): Promise<void> {
    const running = this.#running.get(guildId);
    if (running !== undefined) return running;
    const work = this.#measure(guildId, model)
      .catch((error: unknown) => {
        this.parts.log.warn({ event: "profile.server-mean-failed", guildId, err: error });
      })
      .finally(() => this.#running.delete(guildId));
    this.#running.set(guildId, work);
    return work;
  }

  /** Forgets every server's mean, as when somebody of whom one is made deletes their profile. */
  forget(): void {
    this.#life++;
    this.#known.clear();
  }

  async #measure(guildId: string, model: BaseRewardModel): Promise<void> {
    const life = this.#life;
    const most = Math.max(FEWEST_MEMBERS, Math.floor(MOST_COST / model.rank ** 3));
    const members: UserWeights[] = [];
    let read = 0;
    for await (const [key, record] of this.parts.profiles.entries(`${guildId}:`)) {
      if (++read > MOST_READ) break;
      if (record.modelVersion !== model.version || record.votes === 0) continue;
      if (!(await this.parts.mayPool(memberOfKey(key)))) continue;
      members.push(weightsOfRecord(record));
      if (members.length >= Math.min(most, MOST_MEMBERS)) break;
    }
    const shift = members.length < FEWEST_MEMBERS ? undefined : serverShift(model, members);
    if (life !== this.#life) return;
    const at = this.parts.clock();
    this.#known.set(guildId, { modelVersion: model.version, at, shift });
  }
}
