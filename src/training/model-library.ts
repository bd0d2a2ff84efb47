/**
 * The versions of the base rewards: which one answers now, the history, restoring an earlier one.
 * Knows the store; trains nothing.
 */
import { type BaseRewardModel, shareModel } from "../../models/base-rewards.js";
import { createStarterModel } from "../../models/starter.js";
import type { HeldOutRecord, ModelRecord } from "../storage/records.js";
import type { Store } from "../storage/store.js";
import { modelFromRecord, recordOfModel } from "./model-record.js";

/** A version that is not kept. */
export class UnknownModelVersionError extends Error {
  override readonly name = "UnknownModelVersionError";

  constructor(readonly version: string) {
    super(
      `There are no base rewards of version "${version}"; list the versions to see which are kept.`,
    );
  }
}

export interface HeldOutPair {
  readonly before: HeldOutRecord;
  readonly after: HeldOutRecord;
}

type ModelStore = Pick<Store, "models" | "currentModels">;

/** `scope` keeps the playground's base rewards apart from those of the Discord servers. */
export class ModelLibrary {
  #current: BaseRewardModel;

  private constructor(
    private readonly store: ModelStore,
    private readonly scope: string,
    current: BaseRewardModel,
  ) {
    this.#current = current;
  }

  /** Loads the model that was adopted last; the starter where none was, or its encoder is outdated. */
  static async open(store: ModelStore, scope: string): Promise<ModelLibrary> {
    const starter = shareModel(createStarterModel());
    const pointer = await store.currentModels.get(scope);
    const record = pointer && (await store.models.get(pointer.version));
    const usable = record !== undefined && record.encoderId === starter.encoderId;
    return new ModelLibrary(store, scope, usable ? shareModel(modelFromRecord(record)) : starter);
  }

  /** The base rewards that answer now. */
  get current(): BaseRewardModel {
    return this.#current;
  }

  /** Keeps `model` as a new version and lets it answer from now on. */
  async adopt(model: BaseRewardModel, heldOut: HeldOutPair, at: number): Promise<void> {
    const record = recordOfModel(model, { parent: this.#current.version, heldOut, at });
    await this.store.models.set(model.version, record);
    await this.#point(model);
  }

  /** Lets an earlier version (or "starter") answer again. Throws {@link UnknownModelVersionError}. */
  async restore(version: string): Promise<void> {
    if (version === "starter") return this.#point(createStarterModel());
    const record = await this.store.models.get(version);
    if (record === undefined) throw new UnknownModelVersionError(version);
    await this.#point(modelFromRecord(record));
  }

  /** All kept versions, oldest first. */
  async versions(): Promise<ModelRecord[]> {
    const records: ModelRecord[] = [];
    for await (const [, record] of this.store.models.entries()) records.push(record);
    return records;
  }

  async #point(model: BaseRewardModel): Promise<void> {
    await this.store.currentModels.set(this.scope, { version: model.version });
    this.#current = shareModel(model);
  }
}
