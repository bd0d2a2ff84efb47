/**
 * What to answer a member: the candidate that their weights reward most, or, while this very
 * choice is in doubt, a ballot. Knows the worker pool and the profiles; no Discord, no store.
 */
import { indexOfBest } from "../../models/choice-doubt.js";
import { DEFAULT_ACQUISITION } from "../../models/default-acquisition.js";
import type { RandomGenerator } from "../../models/random.js";
import { priorUserWeights, type UserWeights } from "../../models/user-weights.js";
import type { Compute } from "../../workers/compute.js";
import type { ScoredCandidates, SelectedPair } from "../../workers/requests.js";
import type { Log } from "../log.js";
import type { CurrentModel, Profiles } from "../profiles/profiles.js";
import type { ComparisonSource, MemberKey } from "../storage/records.js";
import { featuresToText } from "../storage/vector-text.js";
import type { BallotDraft } from "../voting/ballots.js";
import type { CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import type { ConversationTurn } from "./history.js";
import { quotesLongStretch } from "./quotation.js";

/** A ballot is worth a tap while the choice is at least this much in doubt (0 to 0.5) ... */
const MINIMUM_DOUBT = 0.15;
/** ... and the answer is expected to tell at least this much (nats; one fair coin is 0.69). */
const MINIMUM_INFORMATION_GAIN = 0.02;

export interface ReplyRequest {
  readonly member: MemberKey;
  /** Oldest first; the last turn is the message to answer. */
  readonly history: readonly ConversationTurn[];
  readonly signal?: AbortSignal;
}

/** What to send. `demonstration` names the deck's prompt where the answer comes from the deck. */
export type Reply = { readonly demonstration?: string } & (
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "ballot"; readonly draft: BallotDraft }
);

export interface ReplyPolicyParts {
  readonly candidates: CandidateSource;
  readonly candidateCount: number;
  readonly compute: Compute;
  readonly models: CurrentModel;
  readonly profiles: Profiles;
  readonly questionsPerDay: (guildId: string) => Promise<number>;
  readonly random: RandomGenerator;
  readonly log: Log;
}

interface Consideration {
  readonly texts: readonly string[];
  readonly scored: ScoredCandidates;
  readonly userWeights: UserWeights;
}

export class ReplyPolicy {
  constructor(private readonly parts: ReplyPolicyParts) {}

  /** Throws `GenerationFailedError` when there is no candidate at all. */
  async reply(request: ReplyRequest): Promise<Reply> {
    const generated = await this.parts.candidates.generate({
      history: request.history,
      count: this.parts.candidateCount,
      ...(request.signal && { signal: request.signal }),
    });
    const demonstration = generated.demonstration && { demonstration: generated.demonstration };
    try {
      return { ...(await this.#choose(request, generated)), ...demonstration };
    } catch (error) {
      // A member is better served with some answer than with none.
      this.parts.log.error({
        event: "reply.unpersonalised",
        guildId: request.member.guildId,
        err: error,
      });
      return { kind: "answer", text: generated.texts[0]!, ...demonstration };
    }
  }

  async #choose(request: ReplyRequest, generated: GeneratedCandidates): Promise<Reply> {
    const { texts } = generated;
    const userWeights = await this.#weightsFor(request.member);
    const model = this.parts.models.current;
    const scored = await this.parts.compute.scoreCandidates({
      model,
      userWeights,
      responses: texts,
    });
    const considered = { texts, scored, userWeights };
    const draft = await this.#ballot(request, considered, generated.demonstration !== undefined);
    if (draft !== undefined) return { kind: "ballot", draft };
    return { kind: "answer", text: texts[indexOfBest(scored.rewards)]! };
  }

  /** The member's weights; the prior in the moment in which a new model has just been adopted. */
  async #weightsFor(member: MemberKey): Promise<UserWeights> {
    const userWeights = await this.parts.profiles.userWeights(member);
    const model = this.parts.models.current;
    return userWeights.modelVersion === model.version ? userWeights : priorUserWeights(model);
  }

  async #ballot(
    request: ReplyRequest,
    considered: Consideration,
    demonstration: boolean,
  ): Promise<BallotDraft | undefined> {
    const { scored, texts, userWeights } = considered;
    if (texts.length < 2 || scored.doubt < MINIMUM_DOUBT) return undefined;
    const { member } = request;
    const budget = await this.parts.questionsPerDay(member.guildId);
    if ((await this.parts.profiles.askedToday(member)) >= budget) return undefined;
    const pair = await this.parts.compute.selectPair({
      baseRewards: scored.baseRewards,
      count: texts.length,
      userWeights,
      acquisition: DEFAULT_ACQUISITION,
    });
    if (pair === null || pair.informationGain < MINIMUM_INFORMATION_GAIN) return undefined;
    return this.#draft(request, considered, pair, demonstration ? "deck" : "chat");
  }

  #draft(
    request: ReplyRequest,
    { texts, scored }: Consideration,
    pair: SelectedPair,
    source: ComparisonSource,
  ): BallotDraft {
    const model = this.parts.models.current;
    const [a, b] = this.parts.random() < 0.5 ? [pair.a, pair.b] : [pair.b, pair.a];
    const candidate = (row: number) => ({
      text: texts[row]!,
      features: featuresToText(
        scored.features.subarray(row * model.dimensions, (row + 1) * model.dimensions),
      ),
    });
    const alternative = bestBesides(scored.rewards, a, b);
    const asked = request.history.at(-1)?.text ?? "";
    return {
      member: request.member,
      candidates: [candidate(a), candidate(b)],
      ...(alternative !== undefined && { alternative: texts[alternative]! }),
      encoder: model.encoderId,
      source,
      trains: ![a, b].some((row) => quotesLongStretch(texts[row]!, asked)),
      demonstration: source === "deck",
    };
  }
}

function bestBesides(rewards: Float64Array, a: number, b: number): number | undefined {
  let best: number | undefined;
  rewards.forEach((reward, row) => {
    if (row !== a && row !== b && (best === undefined || reward > rewards[best]!)) best = row;
  });
  return best;
}
