/** A ballot about two of the candidates, ready to be posted. No I/O. */
import type { RandomGenerator } from "../../models/algebra/random.js";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import type { UserWeights } from "../../models/rewards/user-weights.js";
import type { Slot } from "../../models/steering/spread.js";
import type { ScoredCandidates, SelectedPair } from "../../workers/requests.js";
import type { BallotDraft } from "../ballots/ballots.js";
import type { BallotCandidate, ComparisonSource } from "../store/records.js";
import { featuresToText } from "../store/vector-text.js";
import type { ConversationTurn } from "./conversation-turn.js";
import { MemberTexts } from "./quotation.js";
import type { ReplyRequest } from "./reply.js";

/** The candidates of one answer, scored. */
export interface Consideration {
  /** What scored them; a retraining may adopt another one meanwhile. */
  readonly model: BaseRewardModel;
  readonly texts: readonly string[];
  /** For which slot each text was written, where manners were asked for. */
  readonly slots: readonly Slot[] | undefined;
  /** The language model that wrote them; undefined where none did. */
  readonly writtenBy: string | undefined;
  readonly scored: ScoredCandidates;
  readonly userWeights: UserWeights;
  /** Of the conversation that is answered. */
  readonly memberTexts: MemberTexts;
}

/** What members wrote in the conversation of `request`. */
export function memberTextsOf({ history }: ReplyRequest): MemberTexts {
  return new MemberTexts(memberTurns(history).map(({ text }) => text));
}

/** Asks about `pair`, in an order by chance. */
export function draftBallot(
  request: ReplyRequest,
  considered: Consideration,
  pair: SelectedPair,
  source: ComparisonSource,
  random: RandomGenerator,
): BallotDraft {
  const { scored, texts } = considered;
  const [a, b] = random() < 0.5 ? [pair.a, pair.b] : [pair.b, pair.a];
  const alternative = bestBesides(scored.rewards, a, b);
  return {
    ...draftOf(request, considered, [a, b], source),
    ...(alternative !== undefined && { alternative: texts[alternative]! }),
    demonstration: source === "deck",
  };
}

/** The answer that is sent, `first`, and the best one besides; undefined if there is only one. */
export function draftAnother(
  request: ReplyRequest,
  considered: Consideration,
  first: number,
  demonstration: boolean,
): BallotDraft | undefined {
  const second = bestBesides(considered.scored.rewards, first, first);
  if (second === undefined) return undefined;
  return { ...draftOf(request, considered, [first, second], "another"), demonstration };
}

function draftOf(
  request: ReplyRequest,
  considered: Consideration,
  [a, b]: readonly [number, number],
  source: ComparisonSource,
): Omit<BallotDraft, "demonstration"> {
  const { memberTexts, model, texts } = considered;
  // What stands in a picture is a member's too, and nobody can compare it with an answer.
  const hasPictures = memberTurns(request.history).some(({ pictures }) => pictures !== undefined);
  const quotes = (row: number) => memberTexts.areQuotedIn(texts[row]!);
  return {
    member: request.member,
    candidates: [candidateAt(considered, a), candidateAt(considered, b)],
    ...(considered.writtenBy !== undefined && { writtenBy: considered.writtenBy }),
    encoder: model.encoderId,
    source,
    trains: !hasPictures && !quotes(a) && !quotes(b),
  };
}

function memberTurns(history: readonly ConversationTurn[]): readonly ConversationTurn[] {
  return history.filter(({ role }) => role === "member");
}

function candidateAt(
  { model: { dimensions }, scored, slots, texts }: Consideration,
  row: number,
): BallotCandidate {
  const features = scored.features.subarray(row * dimensions, (row + 1) * dimensions);
  const manner = slots?.[row];
  return { text: texts[row]!, features: featuresToText(features), ...(manner && { manner }) };
}

function bestBesides(rewards: Float64Array, a: number, b: number): number | undefined {
  let best: number | undefined;
  rewards.forEach((reward, row) => {
    if (row !== a && row !== b && (best === undefined || reward > rewards[best]!)) best = row;
  });
  return best;
}
