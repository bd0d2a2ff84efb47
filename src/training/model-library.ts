/**
 * The versions of the base rewards: which one answers now, the history, restoring an earlier one.
 * Knows the store; trains nothing.
 */

import AsyncLock from "async-lock";
import { type BaseRewardModel, shareModel } from "../../models/rewards/base-rewards.js";
import {
  createStarterModel,
  isStarterVersion,
  STARTER_VERSION,
} from "../../models/rewards/starter.js";
import type { Log } from "../shared/log.js";
import { allOf, type Condition, recordIn } from "../store/condition.js";
import type { Write } from "../store/engine.js";
import type { ModelRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { VectorTextError } from "../store/store-error.js";
import type { StoredText } from "../store/stored-text.js";
import {
  BaseRewardsChangedError,
  UnknownModelVersionError,
  UnusableModelVersionError,
} from "./model-errors.js";
import { type ModelFacts, modelFromRecord, recordOfModel } from "./model-record.js";

type ModelStore = Pick<Store, "models" | "currentModels" | "writeTogether">;

/** Called with a version that should answer and can't, and why; the starter answers then. */
export type UnusableListener = (version: string, why: string) => void;

const UNUSABLE_HINT =
  "The starter answers. After an update that changed the built-in encoder this is as it should be, until enough new votes are learned from. Otherwise check EMBEDDING_MODEL and EMBEDDING_DIMENSIONS, or look at npm run models -- list and restore another version.";

/** Logs why the version that should answer can't. */
export function tellUnusable(log: Log): (version: string, reason: string) => void {
  return (version, reason) =>
    log.warn({ event: "models.unusable", version, reason, hint: UNUSABLE_HINT });
}

/** `scope` keeps the playground's base rewards apart from those of the Discord servers. */
export class ModelLibrary {
  /** One switch at a time. */
  readonly #lock = new AsyncLock();
  #current: BaseRewardModel;
  /** What the store said last; not what answers if that can't be used. */
  #pointer = STARTER_VERSION;

  private constructor(
    private readonly store: ModelStore,
    private readonly scope: string,
    private readonly starter: BaseRewardModel,
    private readonly onUnusable: UnusableListener,
  ) {
    this.#current = starter;
  }

  /**
   * Loads the model that was adopted or restored last; `starter` if none was. If its features
   * are of another encoder than the starter's, or it is damaged, `onUnusable` is called.
   */
  static async open(
    store: ModelStore,
    scope: string,
    starter = createStarterModel(),
    onUnusable: UnusableListener = () => undefined,
  ): Promise<ModelLibrary> {
    const library = new ModelLibrary(store, scope, shareModel(starter), onUnusable);
    await library.refresh();
    return library;
  }

  /** The base rewards that answer now. */
  get current(): BaseRewardModel {
    return this.#current;
  }

  /**
   * Keeps `model` as a new version and lets it answer from now on. Throws
   * {@link BaseRewardsChangedError} if `facts.parent` no longer answers: the model was not held
   * against what does. Returns false, and stores nothing, if `condition` does not hold.
   */
  async adopt(
    model: BaseRewardModel,
    facts: Omit<ModelFacts, "scope">,
    condition?: Condition,
  ): Promise<boolean> {
    return this.#lock.acquire(this.scope, async () => {
      await this.#followPointer();
      if (this.#current.version !== facts.parent) throw new BaseRewardsChangedError();
      const record = recordOfModel(model, { ...facts, scope: this.scope });
      // In one, so that no version is stored that has never answered.
      const putting = this.store.models.putting(model.version, record);
      const unswitched = this.#unswitched;
      const all = condition === undefined ? unswitched : allOf(condition, unswitched);
      if (await this.#point(model, [putting], all)) return true;
      await this.#followPointer();
      if (this.#current.version !== facts.parent) throw new BaseRewardsChangedError();
      return false;
    });
  }

  /**
   * Lets an earlier version (or "starter") answer again. Throws {@link UnknownModelVersionError},
   * and {@link UnusableModelVersionError} for another scope's version or another encoder's.
   */
  async restore(version: string): Promise<void> {
    const model = isStarterVersion(version) ? this.starter : await this.#usable(version);
    await this.#lock.acquire(this.scope, () => this.#point(model));
  }

  /**
   * Follows a switch that another process has made, as `npm run models -- restore` does: one read by
   * key. Returns whether other base rewards answer now.
   */
  async refresh(): Promise<boolean> {
    return this.#lock.acquire(this.scope, async () => {
      const before = this.#current.version;
      await this.#followPointer();
      return this.#current.version !== before;
    });
  }

  /** All stored versions of all scopes, oldest first. */
  async versions(): Promise<ModelRecord[]> {
    const records: ModelRecord[] = [];
    for await (const [, record] of this.store.models.entries()) records.push(record);
    return records;
  }

  /** The stored versions that {@link restore} takes in this scope, oldest first; the starter apart. */
  async restorable(): Promise<ModelRecord[]> {
    return (await this.versions()).filter(
      ({ encoderId, scope = this.scope }) =>
        scope === this.scope && encoderId === this.starter.encoderId,
    );
  }

  async #followPointer(): Promise<void> {
    const pointer = await this.store.currentModels.get(this.scope);
    const version = pointer?.version ?? STARTER_VERSION;
    if (version === this.#pointer) return;
    const found = isStarterVersion(version) ? this.starter : await this.#find(version);
    if (typeof found === "string") this.onUnusable(version, found);
    this.#current = typeof found === "string" ? this.starter : shareModel(found);
    this.#pointer = version;
  }

  /** A stored version, or why it can't answer. */
  async #find(version: string): Promise<BaseRewardModel | string> {
    const record = await this.store.models.get(version);
    if (record === undefined) return "it is not in the store, or damaged there";
    if (record.encoderId !== this.starter.encoderId) {
      return `it was learned from features of the encoder ${record.encoderId}`;
    }
    try {
      return modelFromRecord(record);
    } catch (error) {
      if (!(error instanceof VectorTextError)) throw error;
      return "it is damaged";
    }
  }

  async #usable(version: string): Promise<BaseRewardModel> {
    const record = await this.store.models.get(version);
    if (record === undefined) {
      const stored = (await this.versions()).reverse().map((other) => other.version);
      throw new UnknownModelVersionError(version, [...stored, STARTER_VERSION]);
    }
    if (record.scope !== undefined && record.scope !== this.scope) {
      throw new UnusableModelVersionError(
        `Version ${version} was learned in the scope "${record.scope}" and can't answer in "${this.scope}": what one place has voted stays there. Restore a version of "${this.scope}".`,
      );
    }
    if (record.encoderId !== this.starter.encoderId) {
      throw new UnusableModelVersionError(
        `Version ${version} was learned from features of the encoder ${record.encoderId}, but ${this.starter.encoderId} is set up: check EMBEDDING_MODEL and EMBEDDING_DIMENSIONS, or restore a version of this encoder.`,
      );
    }
    return modelFromRecord(record);
  }

  /** That no other process has switched since this one followed, at the moment of a write. */
  get #unswitched(): Condition {
    const { key } = this.store.currentModels.removing(this.scope);
    const pointer = this.#pointer;
    return { keys: [key], holds: (textOf) => versionIn(key, textOf(key)) === pointer };
  }

  /** Lets `model` answer from now on, and does `together` with it. */
  async #point(
    model: BaseRewardModel,
    together: readonly Write[] = [],
    condition?: Condition,
  ): Promise<boolean> {
    const { currentModels, writeTogether } = this.store;
    const pointing = currentModels.putting(this.scope, { version: model.version });
    if (!(await writeTogether([...together, pointing], condition))) return false;
    this.#current = shareModel(model);
    this.#pointer = model.version;
    return true;
  }
}

function versionIn(key: string, text: StoredText): string {
  return recordIn<"current-model">(key, text)?.version ?? STARTER_VERSION;
}
