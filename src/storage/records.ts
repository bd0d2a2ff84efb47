/**
 * What is kept in the store, record by record. Ids are Discord snowflakes; no record holds a name
 * or the text of a member's message.
 */
import type { Axis } from "../../models/base-rewards.js";
import type { Outcome } from "../../models/comparison.js";

/** One member on one server: user weights are per guild. */
export interface MemberKey {
  readonly guildId: string;
  readonly memberId: string;
}

/** A feature or weight vector in compact text form, see `vector-text.ts`. */
export type VectorText = string;

/** Where the responses of a comparison came from. */
export type ComparisonSource = "chat" | "deck";

export interface ProfileRecord {
  /** λ, [J]. */
  readonly weights: readonly number[];
  /** L, [J, J] row-major, lower. */
  readonly cholesky: readonly number[];
  readonly votes: number;
  readonly modelVersion: string;
  /** True from before a comparison is written until the weights that include it are: refit when found. */
  readonly stale: boolean;
  /** Ballots posted on `day` (UTC, `2026-01-31`), for the daily question budget. */
  readonly asked: { readonly day: string; readonly count: number };
  readonly updatedAt: number;
}

export interface ComparisonRecord {
  readonly a: VectorText;
  readonly b: VectorText;
  readonly outcome: Outcome;
  /** 1 for a plain vote; less where the member found neither answer good. */
  readonly weight: number;
  readonly encoder: string;
  readonly firstShown: "a" | "b";
  readonly source: ComparisonSource;
  /** False when a response repeats a long stretch of the member's own message: never pooled. */
  readonly trains: boolean;
  readonly at: number;
}

export interface BallotCandidate {
  readonly text: string;
  readonly features: VectorText;
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
  readonly encoder: string;
  readonly source: ComparisonSource;
  readonly trains: boolean;
  readonly demonstration: boolean;
  /** The member's reactions that still stand, oldest first; the last one is the vote. */
  readonly choices: readonly Choice[];
  /** The choice that the message shows; none while the question stands. */
  readonly shown?: Choice;
  /** Messages that carry the rest of a long chosen answer. */
  readonly followUpIds: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface HeldOutRecord {
  readonly logLikelihood: number;
  readonly accuracy: number;
  readonly comparisons: number;
  readonly members: number;
}

/** By how much held-out votes are predicted better, nats a vote, with its 95% interval over members. */
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
  /** Profiles: a person on two servers is two. */
  readonly members: number;
  readonly comparisons: number;
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

export interface SettingsRecord {
  readonly questionsPerDay?: number;
}
