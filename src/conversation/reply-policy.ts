/**
 * What to answer a member: the candidate that their weights reward most, or, while this very
 * choice is in doubt, a ballot. Knows the worker pool and the profiles; no Discord, no store.
 */

import { DEFAULT_ACQUISITION } from "../../models/acquisition/scores.js";
import type { RandomGenerator } from "../../models/algebra/random.js";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { chooseCandidate } from "../../models/rewards/first-choice.js";
import { membersAgree } from "../../models/rewards/personal-share.js";
import { priorUserWeights, type UserWeights } from "../../models/rewards/user-weights.js";
import { certaintyOfWeights } from "../../models/rewards/weights-certainty.js";
import type { Slot } from "../../models/steering/spread.js";
import type { Compute } from "../../workers/compute.js";
import type { SelectedPair } from "../../workers/requests.js";
import type { BallotDraft } from "../ballots/ballots.js";
import type { QuestionClaim, Questions } from "../ballots/questions.js";
import type { KeptPair } from "../ballots/reply-notes.js";
import type { Asker, Limits } from "../limits/limits.js";
import type { Told } from "../members/consent-record.js";
import type { Approach, Consents } from "../members/consents.js";
import type { CurrentModel, Profiles } from "../members/profiles.js";
import type { Log } from "../shared/log.js";
import { Unawaited } from "../shared/unawaited.js";
import type { MemberKey } from "../store/records.js";
import { StoreUnavailableError } from "../store/store-error.js";
import { unlessStoreIsDown } from "../store/unless-store-is-down.js";
import { type FirstAnswer, writeAnother } from "./another-answer.js";
import { type Consideration, draftAnother, draftBallot, memberTextsOf } from "./ballot-draft.js";
import type { CandidateSource, GeneratedCandidates } from "./candidates/candidate-source.js";
import type { Reply, ReplyFacts, ReplyRequest } from "./reply.js";
import { isUrgentOrEmotional } from "./sensitive-message.js";
import type { Steering } from "./steering/steering.js";
import { whyChosen } from "./why-chosen.js";

/** A ballot is worth a tap while the choice is at least this much in doubt (0 to 0.5) ... */
const MINIMUM_DOUBT = 0.15;
/** ... and the answer is expected to tell at least this much (nats; one fair coin is 0.69). */
const MINIMUM_INFORMATION_GAIN = 0.02;

/** Towards whoever asks for a plain answer, or about whom nothing can be known. */
const PLAIN: Approach = {
  stance: "plain",
  isFast: false,
  told: { agreed: false, withheld: [] },
};

export interface ReplyPolicyParts {
  readonly candidates: CandidateSource;
  readonly candidateCount: number;
  readonly compute: Compute;
  readonly models: CurrentModel;
  readonly profiles: Profiles;
  readonly consents: Consents;
  readonly steering: Pick<Steering, "slotsFor" | "learnFrom">;
  readonly questions: Questions;
  readonly questionsPerDay: (guildId: string) => Promise<number>;
  /** Answers between two questions to a member about whom everything is known. */
  readonly questionGap: number;
  /** Of the channel and the server, for today. */
  readonly ballotBudget: Pick<Limits, "hasBallot" | "takeBallot">;
  readonly random: RandomGenerator;
  readonly log: Log;
}

export class ReplyPolicy {
  readonly #counting = new Unawaited();

  constructor(private readonly parts: ReplyPolicyParts) {}

  /** Resolves when every answer without a question is counted. */
  settled(): Promise<void> {
    return this.#counting.settled();
  }

  /** Throws `GenerationFailedError` when there is no candidate at all. */
  async reply(request: ReplyRequest): Promise<Reply> {
    const asker = askerOf(request);
    const approach = request.plain ? PLAIN : await this.#approachTo(request.member);
    const { stance, isFast, told } = approach;
    // A plain answer is not chosen, nor is one that is read while it is written.
    const most = stance === "plain" || isFast ? 1 : this.parts.candidateCount;
    const slots = stance === "personal" ? await this.#slotsFor(request, most, told) : undefined;
    const generated = await this.parts.candidates.generate({
      history: request.history,
      count: slots?.length ?? most,
      ...(slots && { slots }),
      ...(isFast && request.onProgress && { onProgress: request.onProgress }),
      ...request.place,
      ...(asker && { asker }),
      ...(request.signal && { signal: request.signal }),
    });
    const facts = factsOf(generated);
    if (stance === "plain") return { kind: "answer", text: generated.texts[0]!, ...facts };
    if (isFast) return { ...(await this.#onlyAnswer(request, generated)), ...facts };
    try {
      return { ...(await this.#choose(request, generated, stance)), ...facts };
    } catch (error) {
      // A member is better served with some answer than with none.
      if (!(error instanceof StoreUnavailableError)) {
        const { guildId } = request.member;
        this.parts.log.error({ event: "reply.unpersonalised", guildId, err: error });
      }
      return { kind: "answer", text: generated.texts[0]!, ...facts };
    }
  }

  /** Nothing is chosen and nothing asked about answers; of the first manner it can be told why. */
  async #onlyAnswer(request: ReplyRequest, generated: GeneratedCandidates): Promise<Reply> {
    const text = generated.texts[0]!;
    const manner = generated.slots?.[0];
    const why = manner && manner.directives.length > 0 && { tipped: [], manner };
    const asksConsent = (await unlessStoreIsDown(this.#asksAnew(request))) === true;
    return { kind: "answer", text, ...(why && { why }), asksConsent };
  }

  /** A member is better served with a plain answer than with none. */
  async #slotsFor(
    { member, history, place }: ReplyRequest,
    most: number,
    told?: Told,
  ): Promise<readonly Slot[] | undefined> {
    const { log, steering } = this.parts;
    try {
      return await steering.slotsFor(member, history, { most, languageModel: place?.model, told });
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) {
        log.error({ event: "reply.unsteered", guildId: member.guildId, err: error });
      }
      return undefined;
    }
  }

  /** Numbers alone. What can't be kept is learned another time. */
  #learnFrom({ model, scored, slots, writtenBy }: Consideration): void {
    if (slots === undefined) return;
    const learning = this.parts.steering.learnFrom(model, scored.features, slots, writtenBy);
    unlessStoreIsDown(learning).catch((error: unknown) => {
      this.parts.log.error({ event: "steering.unlearned", err: error });
    });
  }

  /** Where nobody can say what the member has allowed, as somebody who has allowed nothing. */
  async #approachTo(member: MemberKey): Promise<Approach> {
    try {
      return await this.parts.consents.approachTo(member);
    } catch (error) {
      if (error instanceof StoreUnavailableError) return PLAIN;
      throw error;
    }
  }

  async #choose(
    request: ReplyRequest,
    generated: GeneratedCandidates,
    stance: "personal" | "new",
  ): Promise<Reply> {
    const { texts, slots, writtenBy } = generated;
    // Once: another version may be adopted at any moment.
    const model = this.parts.models.current;
    const [userWeights, asksConsent] = await Promise.all([
      this.#weightsFor(request.member, model),
      stance === "personal" && this.#asksAnew(request),
    ]);
    const scored = await this.parts.compute.scoreCandidates({
      model,
      userWeights,
      responses: texts,
    });
    const memberTexts = memberTextsOf(request);
    const considered = { model, texts, slots, writtenBy, scored, userWeights, memberTexts };
    this.#learnFrom(considered);
    const pair = await this.#pairWorthAsking(request, considered);
    const chosen = chooseCandidate(scored.baseRewards, scored.rewards, userWeights);
    const text = texts[chosen]!;
    if (stance === "new") return { kind: "answer", text, asksConsent: pair !== undefined };
    const why = whyChosen(considered, chosen);
    const another = this.#another(request, considered, chosen, generated.demonstration);
    const answer = { text, ...(why && { why }), ...(another && { another }) };
    const claim = pair && (await this.#claim(request, considered));
    if (pair === undefined || claim === undefined) {
      this.#count(request.member);
      return { kind: "answer", ...answer, asksConsent };
    }
    const source = generated.demonstration === undefined ? "chat" : "deck";
    const draft = draftBallot(request, considered, pair, source, this.parts.random);
    return { kind: "ballot", draft, instead: answer, ...claim };
  }

  /** An answer without a question. Its member need not wait for it: the next question to them does. */
  #count(member: MemberKey): void {
    const { log, questions } = this.parts;
    const counted = unlessStoreIsDown(questions.passed(member)).catch((error: unknown) => {
      log.error({ event: "question.uncounted", guildId: member.guildId, err: error });
    });
    this.#counting.add(counted);
  }

  /** What "Another answer" compares; undefined where it is not offered: no vote is asked for there either. */
  #another(
    request: ReplyRequest,
    considered: Consideration,
    chosen: number,
    demonstration: string | undefined,
  ): KeptPair | undefined {
    const isSensitive = isUrgentOrEmotional(request.history.at(-1)?.text ?? "");
    if (isSensitive || membersAgree(considered.model)) return undefined;
    const draft = draftAnother(request, considered, chosen, demonstration !== undefined);
    return draft === undefined ? {} : { draft };
  }

  /**
   * One more answer to `request`, in another manner than `first`, and the two as a comparison; undefined
   * if it came out the same. Throws `GenerationFailedError`.
   */
  async another(request: ReplyRequest, first: FirstAnswer): Promise<BallotDraft | undefined> {
    const slots = await this.#slotsFor(request, this.parts.candidateCount);
    return writeAnother(request, first, slots, {
      ...this.parts,
      weightsOf: (member, model) => this.#weightsFor(member, model),
    });
  }

  /** Whether this is the moment to ask about what an earlier yes was not about. */
  async #asksAnew({ member, history }: ReplyRequest): Promise<boolean> {
    if (isUrgentOrEmotional(history.at(-1)?.text ?? "")) return false;
    return this.parts.consents.isOutdated(member);
  }

  /** The member's weights under `model`; the prior in the moment in which another one was adopted. */
  async #weightsFor(member: MemberKey, model: BaseRewardModel): Promise<UserWeights> {
    const userWeights = await this.parts.profiles.userWeights(member);
    return userWeights.modelVersion === model.version ? userWeights : priorUserWeights(model);
  }

  /** The pair to ask about; undefined where no question is worth it, or this is not the message for one. */
  async #pairWorthAsking(
    request: ReplyRequest,
    { model, scored, texts, userWeights }: Consideration,
  ): Promise<SelectedPair | undefined> {
    if (membersAgree(model)) return undefined;
    if (texts.length < 2 || scored.doubt < MINIMUM_DOUBT) return undefined;
    if (isUrgentOrEmotional(request.history.at(-1)?.text ?? "")) return undefined;
    const pair = await this.parts.compute.selectPair({
      // The call takes its array over, and these are needed again to tell why.
      baseRewards: scored.baseRewards.slice(),
      count: texts.length,
      userWeights,
      acquisition: DEFAULT_ACQUISITION,
      differenceVariances: model.differenceVariances,
    });
    return pair !== null && pair.informationGain >= MINIMUM_INFORMATION_GAIN ? pair : undefined;
  }

  /** Undefined where it is not the time for a question, or the vote could not be kept. */
  async #claim(
    request: ReplyRequest,
    considered: Consideration,
  ): Promise<QuestionClaim | undefined> {
    try {
      return await this.#claimNow(request, considered);
    } catch (error) {
      if (error instanceof StoreUnavailableError) return undefined;
      throw error;
    }
  }

  async #claimNow(
    request: ReplyRequest,
    { model, userWeights }: Consideration,
  ): Promise<QuestionClaim | undefined> {
    const { questions, questionsPerDay, questionGap, ballotBudget } = this.parts;
    const { member } = request;
    const asker = askerOf(request);
    if (asker !== undefined && !ballotBudget.hasBallot(asker)) return undefined;
    const certainty = certaintyOfWeights(model, userWeights);
    const claim = await questions.claim(member, {
      perDay: await questionsPerDay(member.guildId),
      gap: Math.floor(questionGap * certainty),
    });
    if (claim !== undefined && asker !== undefined) ballotBudget.takeBallot(asker);
    return claim;
  }
}

function factsOf({ demonstration, seconds, blind }: GeneratedCandidates): ReplyFacts {
  return {
    ...(blind && { blind }),
    ...(demonstration !== undefined && { demonstration }),
    ...(seconds !== undefined && { generationSeconds: seconds }),
  };
}

function askerOf({ member, channelId }: ReplyRequest): Asker | undefined {
  return channelId === undefined ? undefined : { ...member, channelId };
}
