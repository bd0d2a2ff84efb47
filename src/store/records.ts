/**
 * What the store holds, record by record. Ids are Discord snowflakes; no record holds a name
 * or the text of a member's message.
 */
import type { AnotherAnswer, Axis } from "../../models/rewards/base-rewards.js";
import type { Outcome } from "../../models/rewards/comparison.js";
import type { PersonalShare } from "../../models/rewards/personal-share.js";
import type { Recipe } from "../../models/rewards/recipe.js";
import type { DoseTable } from "../../models/steering/dose-response.js";
import type { PlainLengths } from "../../models/steering/plain-lengths.js";
import type { Slot } from "../../models/steering/spread.js";
import type { SteerableAxis } from "../../models/steering/steerable-axes.js";

/** One member on one server: user weights are per guild. */
export interface MemberKey {
  readonly guildId: string;
  readonly memberId: string;
}

/** A feature or weight vector in compact text form, see `vector-text.ts`. */
export type VectorText = string;

/**
 * Where a comparison came from: a ballot in chat, the deck, a wish that the member set by hand, or the
 * button "Another answer".
 */
export type ComparisonSource = "chat" | "deck" | "nudge" | "another";

/** The words of the shortest and the longest answer that votes are about; none if no vote tells. */
export type VotedWords = readonly [] | readonly [shortest: number, longest: number];

export interface ProfileRecord {
  /** λ, [J]. */
  readonly weights: VectorText;
  /** L, lower: J (J + 1) / 2 numbers, row by row. */
  readonly cholesky: VectorText;
  readonly votes: number;
  readonly modelVersion: string;
  /** True if the weights could not be computed from the comparisons: refit when found. */
  readonly stale: boolean;
  /** Of the newest votes, under `modelVersion`; missing in records that are older than it. */
  readonly votedWords?: VotedWords;
  readonly updatedAt: number;
}

/** What a member has allowed. */
export interface ConsentRecord {
  /** Asked and not answered yet, yes, no, or yes with a pause. */
  readonly state: "asked" | "granted" | "refused" | "paused";
  /** The second yes: the votes may train the shared base rewards. */
  readonly pooled: boolean;
  /** When the yes was given that stands; missing in records that are older than it. */
  readonly since?: number;
  /** The wording of the question that the yes was given to; missing where it was the first one. */
  readonly wording?: number;
  /** The later wording that was asked about and not agreed to, so that nobody asks again. */
  readonly askedWording?: number;
  /** Of what the language model may be told, the axes that the member has switched off. */
  readonly withheld?: readonly SteerableAxis[];
  /** The member wants one answer at once, shown while it is written, rather than the best of several. */
  readonly fast?: boolean;
  /** Of the member's client, as it was seen last; only of a member who said yes. */
  readonly language?: string;
  /** When anything of this was said last; later than all that was deleted before. */
  readonly at: number;
}

export interface QuestionsRecord {
  /** Questions put on `day` (UTC, `2026-01-31`). */
  readonly day: string;
  readonly count: number;
  /** The same of the day that was today before; the clock may go back to it. */
  readonly earlier?: { readonly day: string; readonly count: number };
  /** Answers without a question since the last one. */
  readonly since: number;
  /** The question that waits for its vote; without a message while it is being posted. */
  readonly open?: {
    readonly at: number;
    readonly messageId?: string;
    /** What `since` was before it was claimed, to be put back if it is never posted. */
    readonly sinceBefore?: number;
  };
}

/** A calibration under way, or what the last one leaves for the next. */
export interface CalibrationRecord {
  readonly language: string;
  /** Questions asked so far; the last of them is open while `current` is there. */
  readonly asked: number;
  readonly answered: number;
  /** The deck's prompts that had their turn, oldest first. */
  readonly used: readonly string[];
  readonly current?: {
    readonly promptId: string;
    /** Which of the prompt's answers are shown. */
    readonly a: number;
    readonly b: number;
    /** Fixed when the question is put, so that an answer written twice is one comparison. */
    readonly comparisonId: string;
  };
}

export interface ComparisonRecord {
  readonly a: VectorText;
  readonly b: VectorText;
  readonly outcome: Outcome;
  /** 1 for a plain vote; less if the member found neither answer good. */
  readonly weight: number;
  readonly encoder: string;
  readonly firstShown: "a" | "b" | "neither";
  readonly source: ComparisonSource;
  /** False when a response repeats a long stretch of the member's own message: never pooled. */
  readonly trains: boolean;
  readonly at: number;
}

export interface BallotCandidate {
  readonly text: string;
  readonly features: VectorText;
  /** In which manner it was asked for; missing where none was. */
  readonly manner?: Slot;
}

/** What a member may answer to a ballot; `a` is the answer shown first. */
export type Choice = "a" | "b" | "tie" | "neither";

export interface BallotRecord extends MemberKey {
  readonly channelId: string;
  /** Fixed when the ballot is posted, so that a vote written twice is one comparison. */
  readonly comparisonId: string;
  /** In the order shown: a, b. */
  readonly candidates: readonly [BallotCandidate, BallotCandidate];
  /** The best of the answers that were not shown, for a member who likes neither. */
  readonly alternative?: string;
  /** The language model that wrote the candidates; missing where none did, or in an older ballot. */
  readonly writtenBy?: string;
  readonly encoder: string;
  readonly source: ComparisonSource;
  readonly trains: boolean;
  readonly demonstration: boolean;
  /** True while it is being posted: it has the id of the message that it answers then. */
  readonly unposted?: boolean;
  /** True if it answers an interaction: its buttons change it, and there are no reactions. */
  readonly byInteraction?: boolean;
  /** True until the bot's own reactions are under it. */
  readonly unoffered?: boolean;
  /** Whether the texts are encrypted. */
  readonly sealed?: boolean;
  /** The message that the texts were sealed for, if it is another one. */
  readonly sealedFor?: string;
  /** Never stored: the texts as they are sealed, if the present key does not open them. */
  readonly unread?: readonly string[];
  /** True if the texts are no longer stored; they are empty then. */
  readonly textsGone?: boolean;
  /** The member's reactions and taps that still stand, oldest first; the last one is the vote. */
  readonly choices: readonly Choice[];
  /** The one among them that came by a button, and so has no reaction that could be looked up. */
  readonly tapped?: Choice;
  /** The choice that the message shows; none while the question stands. */
  readonly shown?: Choice;
  /** Messages that carry the rest of a long chosen answer. */
  readonly followUpIds: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What directives did to the candidates of one language model: numbers alone, of nobody. */
export interface DoseRecord {
  readonly axes: DoseTable;
  /** How long its plain answers are: sums over them, old ones fading. */
  readonly plain: PlainLengths;
  readonly at: number;
}

/** When the store was last tried, by the health check; nobody reads it. */
/** When the health check last tried the store; nobody reads it. */
export interface TrialRecord {
  readonly at: number;
}

/** Requests to the language model on one day. */
export interface UsageRecord {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Tokens of the embedding model; missing in records that are older than it. */
  readonly embeddingTokens?: number;
}

/** What a member, a channel or a server has used on one day. The key is a hash and holds no id. */
export interface DayCountRecord {
  readonly messages: number;
  readonly ballots: number;
  readonly tokens: number;
}

/** That texts were sealed with a key, under a hash that it alone gives. */
export interface EncryptionKeyRecord {
  readonly at: number;
}

/** What the keys of a day's counts are made with; gone with them. */
export interface DaySecretRecord {
  /** 32 bytes in base64. */
  readonly secret: string;
}

/** What members of a server see of the others' taste, for one day. */
export interface AverageRecord {
  /** UTC, `2026-01-31`. */
  readonly day: string;
  readonly modelVersion: string;
  /** One coarse mark for each axis; none if too few share theirs. */
  readonly marks?: readonly number[];
}

/** A server that the bot was removed from. */
export interface DepartureRecord {
  readonly leftAt: number;
}

export interface HeldOutRecord {
  readonly logLikelihood: number;
  readonly accuracy: number;
  readonly comparisons: number;
  readonly members: number;
}

/** By how much held-out votes are predicted better, nats a vote, with its 90% interval over people. */
export interface GainRecord {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What the gate saw. `gain` is after minus before. */
export interface GateRecord {
  readonly before: HeldOutRecord;
  readonly after: HeldOutRecord;
  /** Missing in records that are older than it. */
  readonly gain?: GainRecord;
}

/** What a version was trained on, and how. */
export interface TrainingRecord {
  /** People: somebody on two servers is one. */
  readonly members: number;
  readonly comparisons: number;
  /** When the votes were read, which is when the newest of them was cast. Missing in older records. */
  readonly votesUntil?: number;
  /** From the start of the retraining to the verdict. */
  readonly seconds: number;
  readonly backend: string;
}

export interface ModelRecord {
  readonly version: string;
  readonly parent: string;
  /** Whose feedback it was trained on; missing in records that are older than it. */
  readonly scope?: string;
  readonly encoderId: string;
  readonly rank: number;
  readonly dimensions: number;
  readonly weights: VectorText;
  readonly hidden?: {
    readonly units: number;
    readonly inputWeights: VectorText;
    readonly biases: VectorText;
    readonly outputWeights: VectorText;
  };
  readonly priorMean: readonly number[];
  readonly priorPrecision: readonly number[];
  readonly positionBias: number;
  /** How votes by "another answer" are read. Missing where nothing was learned of them. */
  readonly anotherAnswer?: AnotherAnswer;
  /** Missing in records that are older than it. */
  readonly differenceVariances?: readonly number[];
  /** κ, 0 to 1. Missing in records that are older than it. */
  readonly personalShare?: PersonalShare;
  /** How it was trained. Missing in records that are older than it. */
  readonly recipe?: Recipe;
  readonly axes: readonly Axis[];
  readonly heldOut: GateRecord;
  /** Missing in records that are older than it. */
  readonly training?: TrainingRecord;
  readonly at: number;
}

/** Which model answers now, under the name of the scope. */
export interface CurrentModelRecord {
  readonly version: string;
}

/** What the admin of a guild has chosen; what is missing has its default. */
/** The key of what counts on a whole server, among ids of channels. */
export const WHOLE_SERVER = "server";

export interface PlaceRecord {
  readonly persona?: string;
  readonly model?: string;
}

export interface SettingsRecord {
  readonly questionsPerDay?: number;
  /** Where the bot may speak; everywhere where not given. */
  readonly channelIds?: readonly string[];
  /** False if no vote of this guild may train the shared base rewards. */
  readonly pooledTraining?: boolean;
  /** Where `/report` goes. */
  readonly reportChannelId?: string;
  /** Of the calibration deck, if there is none in the member's own language. */
  readonly language?: string;
  /** How the bot appears, by channel, and under {@link WHOLE_SERVER} in all others. */
  readonly places?: Readonly<Record<string, PlaceRecord>>;
}

/** A line below a message says that its answer is still being written; keyed by that message. */
export interface PendingLineRecord {
  readonly channelId: string;
  /** Missing in records of an earlier version. */
  readonly guildId?: string;
  readonly at: number;
}

/** The training of a scope that began last, where several processes may train. */
export interface TrainingRunRecord {
  readonly job: string;
  /** When the job was made, by the queue's clock. */
  readonly madeAt: number;
  /** How often the job had been tried before. */
  readonly attempt: number;
  /** How far it is, 0 to 1. */
  readonly done: number;
  readonly stage: string;
}

/** When something that may be done once in a while was done last, by whichever process. */
export interface TurnRecord {
  readonly at: number;
}

/** A process answers, or has answered, a message. */
export interface MessageClaimRecord {
  readonly at: number;
  /** Another one for each attempt to claim: where its answer was lost, it tells whose claim it is. */
  readonly claimant?: string;
}
