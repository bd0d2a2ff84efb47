/**
 * All that `/profile view` shows: the leanings, a mark of the server's average, the votes that mattered
 * most, and what would be asked next. Knows the engine; no Discord, no picture.
 */
import { readVotes } from "../../models/rewards/another-answer.js";
import {
  type Axis,
  type AxisEnds,
  type BaseRewardModel,
  baseRewardDifferences,
} from "../../models/rewards/base-rewards.js";
import type { UserWeights } from "../../models/rewards/user-weights.js";
import { voteInfluences } from "../../models/rewards/vote-influence.js";
import type { ComparisonRecord, MemberKey } from "../store/records.js";
import type { Calibrations } from "./calibration/calibrations.js";
import { isUsable, toAgedComparisons } from "./engine-data.js";
import type { GroupAverages } from "./group-averages.js";
import type { StandingManner } from "./manner-text.js";
import type { CurrentModel, Profiles, ProfileView } from "./profiles.js";

const SHOWN_VOTES = 3;
const SHOWN_AXES = 2;

export interface ProfileCard {
  readonly view: ProfileView;
  /** The votes that moved the weights most, the most telling first. */
  readonly votes: readonly TellingVote[];
  /** The deck's prompt that would be asked about next, and the axes it would help with. */
  readonly next?: { readonly prompt: string; readonly axes: readonly Axis[] };
  /** What the language model is told. */
  readonly manner: StandingManner;
}

/** One end of an axis. */
export interface AxisEnd {
  readonly axis: Axis;
  readonly end: keyof AxisEnds;
}

export interface TellingVote {
  readonly at: number;
  readonly tie: boolean;
  /** In words of the axes on which the two answers differed most. */
  readonly preferred: readonly AxisEnd[];
  readonly other: readonly AxisEnd[];
}

export interface ProfileCardsParts {
  readonly profiles: Profiles;
  readonly models: CurrentModel;
  readonly averages: GroupAverages;
  readonly calibrations: Calibrations;
  readonly mannerOf: (member: MemberKey) => Promise<StandingManner>;
}

export class ProfileCards {
  constructor(private readonly parts: ProfileCardsParts) {}

  /** `language` is the deck's, for the next question. */
  async card(member: MemberKey, language: string): Promise<ProfileCard> {
    const { calibrations, models, profiles } = this.parts;
    const view = withoutAssumptions(await profiles.view(member));
    const userWeights = await profiles.ownWeights(member);
    const manner = await this.parts.mannerOf(member);
    const model = models.current;
    // A retraining was adopted just now: what belongs to two models is left out this once.
    if (userWeights.modelVersion !== model.version) return { view, votes: [], manner };
    const average = await this.parts.averages.marksFor(member);
    const records = await profiles.comparisonsOf(member);
    const next = await calibrations.preview(member, language);
    return {
      view: { ...view, ...(average && { average }) },
      votes: tellingVotes(records, model, userWeights, profiles.voteHalfLife),
      manner,
      ...(next && { next: { prompt: next.prompt, axes: axesOf(next.difference, model) } }),
    };
  }
}

/** Before the first vote nothing is shown: what is assumed until then is what other people like. */
function withoutAssumptions(view: ProfileView): ProfileView {
  if (view.votes + view.nudges > 0) return view;
  const leanings = view.leanings.map((one) => ({ ...one, weight: 0, certainty: 0.5 }));
  return { ...view, leanings };
}

function tellingVotes(
  records: readonly ComparisonRecord[],
  model: BaseRewardModel,
  userWeights: UserWeights,
  halfLife: number,
): TellingVote[] {
  const usable = records.filter((one) => isUsable(one, model.encoderId, model.dimensions));
  const comparisons = toAgedComparisons(usable, model.encoderId, model.dimensions, halfLife);
  const { featuresA, featuresB, outcomes, weights } = comparisons;
  const differences = baseRewardDifferences(model, featuresA, featuresB);
  const read = readVotes(model, comparisons, differences);
  const influences = voteInfluences(userWeights, read.differences, outcomes, weights);
  return [...influences.keys()]
    .filter((row) => usable[row]!.source !== "nudge")
    .sort((first, second) => influences[second]! - influences[first]!)
    .slice(0, SHOWN_VOTES)
    .map((row) => {
      const { at, outcome } = usable[row]!;
      const sign = outcome === 0 ? -1 : 1;
      const difference = differences.subarray(row * model.rank, (row + 1) * model.rank);
      const axes = strongest(difference);
      const ends = (high: boolean) =>
        axes.map((axis): AxisEnd => {
          const isHigh = sign * difference[axis]! > 0 === high;
          return { axis: model.axes[axis]!, end: isHigh ? "high" : "low" };
        });
      return { at, tie: outcome === 0.5, preferred: ends(true), other: ends(false) };
    });
}

function axesOf(difference: Float64Array, model: BaseRewardModel): Axis[] {
  return strongest(difference).map((axis) => model.axes[axis]!);
}

/** The axes along which a difference is largest. */
function strongest(difference: Float64Array): number[] {
  return [...difference.keys()]
    .sort((first, second) => Math.abs(difference[second]!) - Math.abs(difference[first]!))
    .slice(0, SHOWN_AXES);
}
