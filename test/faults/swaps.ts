/**
 * Base rewards that are learned, saved and activated in a bot that is killed meanwhile: the votes they
 * are learned from, the training by command, and what must hold of the versions afterwards.
 */
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import {
  createStarterModel,
  isStarterVersion,
  nameOfVersion,
  STARTER_VERSION,
} from "../../models/rewards/starter.js";
import { priorUserWeights } from "../../models/rewards/user-weights.js";
import { recordOfWeights } from "../../src/members/engine-data.js";
import { memberOfKey, profileKey } from "../../src/store/keys.js";
import type { Store } from "../../src/store/store.js";
import { ModelLibrary } from "../../src/training/model-library.js";
import { modelFromRecord } from "../../src/training/model-record.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { Channel, User } from "../support/loopback-discord/world.js";
import { plantVotes } from "../support/planted-votes.js";
import { linesOf } from "../support/started-bot.js";
import type { StartedProcess } from "../support/started-process.js";
import { waitFor } from "../support/wait-for.js";

const SCOPE = "discord";
/** So few are learned from quickly, and agree enough for the gate. */
const LEARNED_FROM = { members: 20, votesEach: 30 };

/** Where in the swap a kill came. */
export type SwapMoment = "before" | "amid the refits" | "after";

export class Swaps {
  /** By the moment of the kill. */
  readonly kills: Record<SwapMoment, number> = { before: 0, "amid the refits": 0, after: 0 };
  /** Versions that have answered. */
  readonly #answered = new Set<string>([createStarterModel().version]);

  #trained = 0;

  private constructor(
    private readonly discord: LoopbackDiscord,
    private readonly store: Store,
    private readonly channel: Channel,
    private readonly owner: User,
  ) {}

  /** Fills the store, which nobody has open, with votes to learn from. */
  static plantVotes(storeUrl: string, { guildId }: Channel): Promise<void> {
    return plantVotes(storeUrl, guildId!, LEARNED_FROM.members, LEARNED_FROM.votesEach);
  }

  /** In a store that has votes to learn from. */
  static async prepare(discord: LoopbackDiscord, store: Store, channel: Channel): Promise<Swaps> {
    await plantProfiles(store);
    return new Swaps(discord, store, channel, discord.world.developer);
  }

  /** The base rewards that answer, by what is stored, and what is wrong with the versions. */
  async look(): Promise<{ model: BaseRewardModel; wrong: string[] }> {
    const current = await this.#current();
    const whole = new Map<string, BaseRewardModel>();
    for await (const [version, record] of this.store.models.entries()) {
      whole.set(version, modelFromRecord(record));
    }
    const damaged = (await this.store.models.count()) - whole.size;
    const idle = [...whole.keys()].filter((one) => one !== current && !this.#answered.has(one));
    const isThere = isStarterVersion(current) || whole.has(current);
    return {
      model: whole.get(current) ?? createStarterModel(),
      wrong: [
        ...(damaged > 0 ? [`${damaged} versions can't be read`] : []),
        ...(isThere ? [] : [`version ${current} is to answer and is not kept`]),
        ...idle.map((version) => `version ${version} is kept and has never answered`),
      ],
    };
  }

  /**
   * Lets the running bot learn, from the starter on, and resolves when it has learned and is about to
   * save, or every other time has just done so. Returns what is wrong: it does not answer with what the
   * store says.
   */
  async train(program: StartedProcess): Promise<string[]> {
    const current = await this.#current();
    this.#answered.add(current);
    const status = await this.discord.command(this.owner, this.channel, "retrain", "status");
    if (!status.content.includes(`Version ${nameOfVersion(current)} answers`)) {
      return [`version ${current} is to answer, and the bot says: ${status.content}`];
    }
    if (!isStarterVersion(current)) {
      await (await ModelLibrary.open(this.store, SCOPE)).restore(STARTER_VERSION);
      await logged(program, "models.switched");
    }
    this.discord.interactions.command(this.owner, this.channel, "retrain", "now");
    await logged(program, "training.backend");
    const isNew = async () => !isStarterVersion(await this.#current()) || undefined;
    if (this.#trained++ % 2 === 1) await waitFor(isNew, "the new base rewards");
    return [];
  }

  /** After a kill: notes where in the swap it came. Returns what is wrong: there was no swap to come. */
  async noteKill(program: StartedProcess): Promise<string[]> {
    const refused = linesOf(program).find(({ adopted }) => adopted === false);
    if (refused !== undefined) return [`nothing to swap: ${refused.reason}`];
    const current = await this.#current();
    let others = 0;
    for await (const [, { modelVersion }] of this.store.profiles.entries()) {
      if (modelVersion !== current) others++;
    }
    const isNew = !isStarterVersion(current);
    this.kills[!isNew ? "before" : others > 0 ? "amid the refits" : "after"]++;
    return [];
  }

  async #current(): Promise<string> {
    return (await this.store.currentModels.get(SCOPE))?.version ?? createStarterModel().version;
  }
}

/** Gives members who have votes profiles that are yet to be fitted. */
export async function plantProfiles(store: Store): Promise<void> {
  const prior = priorUserWeights(createStarterModel());
  for await (const prefix of store.comparisons.beginnings(2)) {
    const record = recordOfWeights(prior, true, Date.now());
    await store.profiles.set(profileKey(memberOfKey(prefix)), record);
  }
}

function logged(program: StartedProcess, event: string) {
  return waitFor(() => linesOf(program).some((line) => line.event === event) || undefined, event);
}
