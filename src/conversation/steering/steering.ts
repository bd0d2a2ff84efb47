/**
 * In which manners an answer to a member is asked for, from their weights and how sure those are; and
 * what became of it. Knows profiles and consent; no server, no words of requests.
 */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { membersAgree } from "../../../models/rewards/personal-share.js";
import type { UserWeights } from "../../../models/rewards/user-weights.js";
import { type MannerOptions, mannersFor } from "../../../models/steering/candidate-count.js";
import { directivesFor } from "../../../models/steering/directives.js";
import { provenAxes, unmovedAxes, withCandidate } from "../../../models/steering/dose-response.js";
import { usualLength, withPlainAnswer } from "../../../models/steering/plain-lengths.js";
import type { Slot } from "../../../models/steering/spread.js";
import { type StanceParts, stancesOf } from "../../../models/steering/stances.js";
import { STEERABLE_AXES, type SteerableAxis } from "../../../models/steering/steerable-axes.js";
import type { Told } from "../../members/consent-record.js";
import type { Consents } from "../../members/consents.js";
import type { StandingManner } from "../../members/manner-text.js";
import type { CurrentModel, Profiles } from "../../members/profiles.js";
import { Unawaited } from "../../shared/unawaited.js";
import type { MemberKey } from "../../store/records.js";
import type { ConversationTurn } from "../conversation-turn.js";
import { lengthRange, plainWords } from "./answer-lengths.js";
import type { DeckGains, SteeringBasis } from "./deck-gains.js";
import type { LearnedDoses } from "./learned-doses.js";
import { freedomOf } from "./message-form.js";
import { realisedResponses } from "./realised-responses.js";

const ALL_BUT_LENGTH = STEERABLE_AXES.filter((axis) => axis !== "length");

export interface SteeringParts {
  readonly gains: DeckGains;
  readonly doses: LearnedDoses;
  readonly profiles: Profiles;
  readonly models: CurrentModel;
  readonly consents: Consents;
  readonly random: RandomGenerator;
}

export interface SlotsOptions {
  /** Slots at most. */
  readonly most: number;
  /** The one that is to write; the main one where not given. */
  readonly languageModel?: string | undefined;
  /** What the language model may be told, where that was read just now. */
  readonly told?: Told | undefined;
}

/** Everything of one member that steering follows from. */
interface Position {
  readonly stance: StanceParts;
  readonly options: MannerOptions;
}

export class Steering {
  readonly #learning = new Unawaited();

  constructor(private readonly parts: SteeringParts) {}

  /** Resolves when what is being learned is kept, or can't be. */
  async settled(): Promise<void> {
    await this.#learning.settled();
    await this.parts.doses.written();
  }

  /**
   * The slots of an answer to the last of `history`; undefined where it is to be written plainly: the
   * member has not agreed, the message leaves no freedom, or nothing is personal.
   */
  async slotsFor(
    member: MemberKey,
    history: readonly ConversationTurn[],
    { most, languageModel, told }: SlotsOptions,
  ): Promise<readonly Slot[] | undefined> {
    const freedom = freedomOf(history);
    const { agreed, withheld } = told ?? (await this.parts.consents.toldOf(member));
    if (!agreed || freedom === "none") return undefined;
    const without = [...withheld, ...(freedom === "length" ? ALL_BUT_LENGTH : [])];
    const position = await this.#positionOf(member, without, languageModel);
    return position && mannersFor(position.stance, position.options, most, this.parts.random);
  }

  /** What would go along with the member's next message, were it about nothing in particular. */
  async standing(member: MemberKey): Promise<StandingManner> {
    const { agreed, withheld } = await this.parts.consents.toldOf(member);
    const position = agreed ? await this.#positionOf(member, withheld) : undefined;
    const directives =
      position === undefined ? [] : directivesFor(stancesOf(position.stance), position.options);
    const fast = await this.parts.consents.wantsFast(member);
    return { agreed, withheld, directives, fast };
  }

  /**
   * Learns what the directives did: the candidates, with features [n, D] under `model`, were written
   * for `slots` by `writtenBy`. Nothing is learned where none of them is plain.
   */
  learnFrom(
    model: BaseRewardModel,
    features: Float32Array,
    slots: readonly Slot[],
    writtenBy?: string,
  ): Promise<void> {
    const learning = this.#learnFrom(model, features, slots, writtenBy);
    this.#learning.add(learning);
    return learning;
  }

  async #learnFrom(
    model: BaseRewardModel,
    features: Float32Array,
    slots: readonly Slot[],
    writtenBy: string | undefined,
  ): Promise<void> {
    const basis = await this.parts.gains.of(model);
    if (basis === undefined) return;
    const responses = realisedResponses(basis.gains, features, model.dimensions, slots);
    const lengths = plainWords(features, model.dimensions, slots);
    if (responses.length + lengths.length === 0) return;
    await this.parts.doses.change(
      ({ axes, plain }) => ({
        axes: responses.reduce(
          (table, { directives, response }) => withCandidate(table, directives, response),
          axes,
        ),
        plain: lengths.reduce(withPlainAnswer, plain),
      }),
      writtenBy,
    );
  }

  /** By the member's own weights: what they are shown tells nothing of others on their server. */
  async #positionOf(
    member: MemberKey,
    without: readonly SteerableAxis[],
    languageModel?: string,
  ): Promise<Position | undefined> {
    const { doses, gains, models, profiles } = this.parts;
    const { userWeights, votedWords } = await profiles.ownPreferences(member);
    const model = models.current;
    // A retraining was adopted just now: the next answer is steered again.
    if (userWeights.modelVersion !== model.version || membersAgree(model)) return undefined;
    const basis = await gains.of(model);
    if (basis === undefined) return undefined;
    const { axes, plain } = await doses.learned(languageModel);
    const off = new Set([...without, ...unmovedAxes(axes)]);
    return {
      stance: stanceOf(model, basis, userWeights),
      options: {
        votes: userWeights.votes,
        lengths: lengthRange(votedWords, basis.deck, usualLength(plain)),
        without: off,
        proven: provenAxes(axes),
      },
    };
  }
}

/** κ acts through the prior, so λ̂ and H have it in them. */
function stanceOf(
  { prior }: BaseRewardModel,
  { gains }: SteeringBasis,
  userWeights: UserWeights,
): StanceParts {
  return { gains, userWeights, prior, personalShare: 1 };
}
