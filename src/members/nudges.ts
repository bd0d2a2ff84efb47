/** Wishes set by hand: each a strong vote for more of one axis, visible and undoable as any vote. */
import type { Axis } from "../../models/rewards/base-rewards.js";
import { nudgeDirection } from "../../models/rewards/nudge-direction.js";
import type { Clock } from "../shared/time.js";
import type { ComparisonIds } from "../store/ids.js";
import { comparisonKey } from "../store/keys.js";
import type { ComparisonRecord, MemberKey } from "../store/records.js";
import type { Repository } from "../store/repository.js";
import { featuresToText } from "../store/vector-text.js";
import type { DeckLibrary } from "./calibration/deck-library.js";
import type { Consents } from "./consents.js";
import type { CurrentModel, Profiles } from "./profiles.js";

/** A wish stands for this difference along its axis, in units of the base reward ... */
const SIZE = 2;
/** ... and counts as this many votes. */
const WEIGHT = 3;

/** Thrown when a wish names the axes of a version that no longer answers: the menu has to be opened again. */
export class OutdatedAxesError extends Error {
  override readonly name = "OutdatedAxesError";

  constructor() {
    super(
      "These scales are out of date: a training has found new ones. Please use the command again.",
    );
  }
}

export interface NudgesParts {
  readonly decks: DeckLibrary;
  readonly models: CurrentModel;
  readonly profiles: Profiles;
  readonly consents: Consents;
  readonly comparisonIds: ComparisonIds;
  readonly comparisons: Repository<ComparisonRecord>;
  readonly clock: Clock;
}

export class Nudges {
  constructor(private readonly parts: NudgesParts) {}

  /** The axes that can be nudged, with the version that {@link nudge} wants back. */
  get axes(): { readonly version: string; readonly axes: readonly Axis[] } {
    const { axes, version } = this.parts.models.current;
    return { version, axes };
  }

  /**
   * Pulls the member towards the high or the low end of `axis`. Returns the id of the comparison
   * that stands for the wish; undefined without consent. Throws {@link OutdatedAxesError} if
   * `version` is not the current one, and `ComputeError`.
   */
  async nudge(
    member: MemberKey,
    version: string,
    axis: number,
    high: boolean,
  ): Promise<string | undefined> {
    const model = this.parts.models.current;
    if (model.version !== version || model.axes[axis] === undefined) throw new OutdatedAxesError();
    const permit = this.parts.consents.permit(member, "learning");
    if (!(await this.parts.consents.mayLearn(member))) return undefined;
    const { features } = await this.parts.decks.deck("en", model);
    const direction = nudgeDirection(model, features, axis, (high ? SIZE : -SIZE) / 2);
    const comparison: ComparisonRecord = {
      a: featuresToText(direction),
      b: featuresToText(direction.map((value) => -value)),
      outcome: 1,
      weight: WEIGHT,
      encoder: model.encoderId,
      firstShown: "neither",
      source: "nudge",
      // No responses that anybody has seen: it says something about this member only.
      trains: false,
      at: this.parts.clock(),
    };
    const comparisonId = this.parts.comparisonIds();
    const change = { comparisonId, record: comparison };
    const stored = await this.parts.profiles.changeComparison(member, change, permit);
    return stored ? comparisonId : undefined;
  }

  /** Takes back the wish that {@link nudge} has given this id, and nothing else. False if it is gone. */
  async takeBack(member: MemberKey, comparisonId: string): Promise<boolean> {
    const { comparisons, consents, profiles } = this.parts;
    const permit = consents.permit(member, "record");
    const wish = await comparisons.get(comparisonKey(member, comparisonId));
    if (wish?.source !== "nudge") return false;
    return profiles.changeComparison(member, { comparisonId }, permit);
  }
}
