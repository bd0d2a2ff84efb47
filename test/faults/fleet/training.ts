/** Base rewards that are learned and adopted while processes fail, and that one version answers everywhere. */
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import {
  createStarterModel,
  isStarterVersion,
  nameOfVersion,
  STARTER_VERSION,
} from "../../../models/rewards/starter.js";
import type { Store } from "../../../src/store/store.js";
import { ModelLibrary } from "../../../src/training/model-library.js";
import { modelFromRecord } from "../../../src/training/model-record.js";
import type { LoopbackDiscord } from "../../support/loopback-discord/loopback-discord.js";
import type { Channel } from "../../support/loopback-discord/world.js";

const SCOPE = "discord";

export class FleetTraining {
  begun = 0;
  /** Versions that have been seen to answer, after a training had begun. */
  readonly #seen = new Set<string>();

  constructor(
    private readonly discord: LoopbackDiscord,
    private readonly store: Store,
    /** One on each shard. */
    private readonly channels: readonly Channel[],
  ) {}

  /** How many have been adopted. */
  get adopted(): number {
    return this.#seen.size;
  }

  /** Lets the bot learn from the starter on. Does not wait for what comes of it. */
  async begin(channel: Channel): Promise<void> {
    const library = await ModelLibrary.open(this.store, SCOPE);
    if (!isStarterVersion(library.current.version)) await library.restore(STARTER_VERSION);
    const { interactions, world } = this.discord;
    interactions.command(world.developer, channel, "retrain", "now");
    this.begun++;
  }

  /** The base rewards that are to answer. Throws if they are not there. */
  async current(): Promise<BaseRewardModel> {
    const version = (await this.store.currentModels.get(SCOPE))?.version ?? STARTER_VERSION;
    if (isStarterVersion(version)) return createStarterModel();
    const record = await this.store.models.get(version);
    if (record === undefined) throw new Error(`Version ${version} is to answer and is not kept.`);
    this.#seen.add(version);
    return modelFromRecord(record);
  }

  /** Asks every shard which version answers there. Returns what is wrong with that. */
  async look(): Promise<string[]> {
    const { version } = await this.current();
    const wanted = `Version ${nameOfVersion(version)} answers`;
    const told = await Promise.all(
      this.channels.map((one) =>
        this.discord.command(this.discord.world.developer, one, "retrain", "status"),
      ),
    );
    return told.flatMap(({ content }, shard) =>
      content.includes(wanted)
        ? []
        : [`${version} is to answer, and shard ${shard} says: ${content}`],
    );
  }
}
