/** Ballots: a question put to one member, from the moment it is posted until it expires. */
import { ulid } from "ulid";
import type { Clock } from "../clock.js";
import type {
  BallotCandidate,
  BallotRecord,
  ComparisonSource,
  MemberKey,
} from "../storage/records.js";
import type { SealedBallots } from "./sealed-ballots.js";

/** A question that is ready to be posted; it has no message yet. */
export interface BallotDraft {
  readonly member: MemberKey;
  /** In the order to show: a, b. */
  readonly candidates: readonly [BallotCandidate, BallotCandidate];
  readonly alternative?: string;
  readonly encoder: string;
  readonly source: ComparisonSource;
  readonly trains: boolean;
  readonly demonstration: boolean;
}

export interface BallotsOptions {
  readonly ballots: SealedBallots;
  readonly clock: Clock;
  readonly retentionMs: number;
  /** Hears how many ballots were opened, closed or found expired. */
  readonly onChange?: (change: "opened" | "closed" | "expired", count: number) => void;
}

export class Ballots {
  constructor(private readonly options: BallotsOptions) {}

  /** Keeps the ballot that was posted as `messageId`; from then on its reactions count. */
  async post(draft: BallotDraft, channelId: string, messageId: string): Promise<BallotRecord> {
    const createdAt = this.options.clock();
    const { member, ...content } = draft;
    const record: BallotRecord = {
      ...member,
      ...content,
      channelId,
      comparisonId: ulid(createdAt),
      choices: [],
      followUpIds: [],
      createdAt,
      expiresAt: createdAt + this.options.retentionMs,
    };
    await this.options.ballots.set(messageId, record);
    this.options.onChange?.("opened", 1);
    return record;
  }

  /** The ballot of a message, while it has not expired. */
  async get(messageId: string): Promise<BallotRecord | undefined> {
    const record = await this.options.ballots.get(messageId);
    return record !== undefined && record.expiresAt > this.options.clock() ? record : undefined;
  }

  /** Replaces the stored ballot. */
  async put(messageId: string, record: BallotRecord): Promise<void> {
    await this.options.ballots.set(messageId, record);
  }

  /** Forgets a ballot, for example because its message is gone. Its comparison stays. */
  async close(messageId: string): Promise<void> {
    // Most messages that are deleted never were a ballot.
    if ((await this.options.ballots.get(messageId)) === undefined) return;
    await this.options.ballots.deleteMany([messageId]);
    this.options.onChange?.("closed", 1);
  }

  /** All ballots that can still be voted on, without their texts. */
  async *open(): AsyncGenerator<[messageId: string, ballot: BallotRecord]> {
    const now = this.options.clock();
    for await (const entry of this.options.ballots.entries()) {
      if (entry[1].expiresAt > now) yield entry;
    }
  }

  /** Deletes the ballots, with their texts, that have expired. Returns how many. */
  async purgeExpired(): Promise<number> {
    const now = this.options.clock();
    const expired: string[] = [];
    for await (const [messageId, ballot] of this.options.ballots.entries()) {
      if (ballot.expiresAt <= now) expired.push(messageId);
    }
    await this.options.ballots.deleteMany(expired);
    this.options.onChange?.("expired", expired.length);
    return expired.length;
  }
}
