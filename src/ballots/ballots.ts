/** Ballots: a question put to one member, from the moment it is posted until it expires. */
import type { Clock } from "../shared/time.js";
import { untilUnchanged } from "../store/change-record.js";
import { allOf, type Condition } from "../store/condition.js";
import type { Write } from "../store/engine.js";
import type { ComparisonIds } from "../store/ids.js";
import type {
  BallotCandidate,
  BallotRecord,
  ComparisonSource,
  MemberKey,
} from "../store/records.js";
import { OvertakenError, type Seen, type Unchanged } from "../store/unchanged.js";
import { purgeExpired } from "./expired.js";
import type { SealedBallots } from "./sealed-ballots.js";

/** A question that is ready to be posted; it has no message yet. */
export interface BallotDraft {
  readonly member: MemberKey;
  /** In the order to show: a, b. */
  readonly candidates: readonly [BallotCandidate, BallotCandidate];
  readonly alternative?: string;
  /** The language model that wrote the candidates; missing where none did. */
  readonly writtenBy?: string;
  readonly encoder: string;
  readonly source: ComparisonSource;
  readonly trains: boolean;
  readonly demonstration: boolean;
}

/** For so long Discord takes what follows an interaction. */
export const INTERACTION_MS = 15 * 60 * 1000;

/** So long the texts of "Another answer" outlive a bot that is away. */
const ANOTHER_KEPT_MS = 24 * 60 * 60 * 1000;

/** The ballots of a server or in a channel, or those that stand beside an answer. */
export type BallotsWhere =
  | { readonly guild: string }
  | { readonly channel: string; readonly state?: "unposted" }
  | { readonly state: "another" };

export interface BallotsOptions {
  readonly ballots: SealedBallots;
  readonly comparisonIds: ComparisonIds;
  readonly clock: Clock;
  readonly retentionMs: number;
  /** Called with how many ballots were opened, closed or found expired. */
  readonly onChange?: (change: "opened" | "closed" | "expired", count: number) => void;
}

export class Ballots {
  constructor(private readonly options: BallotsOptions) {}

  /** The condition under which a ballot for `member` that begins now may be stored. */
  permit(member: MemberKey): Condition {
    return this.options.ballots.permit(member);
  }

  /**
   * Stores a ballot that is about to be posted below the message `belowId`. A process that dies before
   * it calls {@link post} or closes this one finds it among the {@link unposted} at its next start.
   * False if `permit` does not hold.
   */
  announce(
    draft: BallotDraft,
    channelId: string,
    belowId: string,
    permit: Condition,
  ): Promise<boolean> {
    const record = { ...this.#recordOf(draft, channelId), unposted: true };
    return this.options.ballots.add(belowId, record, permit);
  }

  /** The ballots that were announced and neither posted nor closed, without their texts. */
  async *unposted(): AsyncGenerator<[belowId: string, ballot: BallotRecord]> {
    yield* this.options.ballots.entries({ state: "unposted" });
  }

  /** The ballot announced below `belowId` was posted as `messageId`. Undefined if it is closed. */
  adopt(belowId: string, messageId: string): Promise<BallotRecord | undefined> {
    return untilUnchanged(async () => {
      const announced = await this.options.ballots.get(belowId);
      if (!announced?.unposted) return undefined;
      const { value: posted, unchanged } = await this.read(messageId);
      const { unposted: _unposted, ...ballot } = announced;
      if (posted === undefined) {
        // Announced and not deleted: what was allowed then is still allowed.
        const permit = allOf(this.options.ballots.standing(belowId), unchanged);
        if (!(await this.options.ballots.move(belowId, messageId, ballot, permit))) {
          if (unchanged.failed) throw new OvertakenError();
          return undefined;
        }
        this.options.onChange?.("opened", 1);
      }
      await this.close(belowId);
      return posted === undefined ? ballot : this.get(messageId);
    });
  }

  /**
   * Stores the ballot that was posted as `messageId`, in the place of what was announced below `belowId` if
   * that is given; from then on its reactions count. If another process has adopted it meanwhile, that one
   * stands, with its votes. Undefined if `permit` does not hold; what was announced stays then.
   */
  async post(
    draft: BallotDraft,
    channelId: string,
    messageId: string,
    permit = this.permit(draft.member),
    belowId?: string,
  ): Promise<BallotRecord | undefined> {
    const { ballots } = this.options;
    const record = this.#recordOf(draft, channelId);
    const isNew = allOf(permit, ballots.absent(messageId));
    if (!(await ballots.add(messageId, record, isNew, belowId))) return this.get(messageId);
    this.options.onChange?.("opened", 1);
    return record;
  }

  /**
   * As {@link post}, for a ballot that answers an interaction: it can be voted on for as long as
   * Discord lets its message be changed, {@link INTERACTION_MS}.
   */
  async postByInteraction(
    draft: BallotDraft,
    channelId: string,
    messageId: string,
    permit: Condition,
  ): Promise<BallotRecord | undefined> {
    const { unoffered: _unoffered, ...record } = this.#recordOf(draft, channelId);
    const expiresAt = record.createdAt + INTERACTION_MS;
    const ballot: BallotRecord = { ...record, expiresAt, byInteraction: true };
    if (!(await this.options.ballots.add(messageId, ballot, permit))) return undefined;
    this.options.onChange?.("opened", 1);
    return ballot;
  }

  /**
   * Stores that the reply in the messages `pieceIds` gives way to another answer, under the first of them.
   * The two texts are stored until the member has chosen, a day at most.
   */
  async openAnother(
    draft: BallotDraft,
    channelId: string,
    [key = "", ...followUpIds]: readonly string[],
    permit: Condition,
  ): Promise<BallotRecord | undefined> {
    const { unoffered: _unoffered, ...record } = this.#recordOf(draft, channelId);
    const expiresAt = record.createdAt + ANOTHER_KEPT_MS;
    const ballot: BallotRecord = { ...record, followUpIds, expiresAt };
    return (await this.options.ballots.add(key, ballot, permit)) ? ballot : undefined;
  }

  #recordOf(draft: BallotDraft, channelId: string): BallotRecord {
    const createdAt = this.options.clock();
    const { member, ...content } = draft;
    return {
      ...member,
      ...content,
      channelId,
      comparisonId: this.options.comparisonIds(),
      unoffered: true,
      choices: [],
      followUpIds: [],
      createdAt,
      expiresAt: createdAt + this.options.retentionMs,
    };
  }

  /** Whether a message is still a ballot without a vote. */
  async isOpen(messageId: string): Promise<boolean> {
    return (await this.sealed(messageId))?.choices.length === 0;
  }

  /** The ballot of a message, while it has not expired. */
  async get(messageId: string): Promise<BallotRecord | undefined> {
    const ballot = await this.stored(messageId);
    return ballot !== undefined && isOpen(ballot, this.options.clock()) ? ballot : undefined;
  }

  /** As {@link get}, its texts as they are stored, for what needs none: to decrypt them takes a while. */
  async sealed(messageId: string): Promise<BallotRecord | undefined> {
    const ballot = await this.options.ballots.sealed(messageId);
    return ballot !== undefined && isOpen(ballot, this.options.clock()) ? ballot : undefined;
  }

  /** As {@link sealed}, with the condition that it is still so when something is written. */
  async read(messageId: string): Promise<Seen<BallotRecord>> {
    const { value, unchanged } = await this.options.ballots.read(messageId);
    const isThere = value !== undefined && isOpen(value, this.options.clock());
    return { value: isThere ? value : undefined, unchanged };
  }

  /** The same, even if it has expired or is being posted. */
  stored(messageId: string): Promise<BallotRecord | undefined> {
    return this.options.ballots.get(messageId);
  }

  /** Replaces the ballot that was read. Throws `OvertakenError` if it is not as it was seen. */
  put(messageId: string, record: BallotRecord, seen: Unchanged): Promise<void> {
    return this.options.ballots.replace(messageId, record, seen);
  }

  /** The same, to be done together with other writes under the condition that it is as it was seen. */
  putting(messageId: string, record: BallotRecord): Write {
    return this.options.ballots.putting(messageId, record);
  }

  /** Closes the ballot that was read. Throws `OvertakenError` if it is not as it was seen. */
  async end(messageId: string, seen: Unchanged): Promise<void> {
    await this.options.ballots.remove(messageId, seen);
    this.options.onChange?.("closed", 1);
  }

  /** Forgets a ballot, for example because its message is gone. Its comparison stays. */
  async close(messageId: string): Promise<void> {
    // Most messages that are deleted never were a ballot, and a look costs less than a write.
    if (!(await this.options.ballots.has(messageId))) return;
    const known = (await this.get(messageId)) !== undefined;
    await this.options.ballots.deleteMany([messageId]);
    if (known) this.options.onChange?.("closed", 1);
  }

  /** Drops the texts in memory if the ballot is no longer stored. */
  async dropTexts(messageId: string): Promise<void> {
    const { ballots } = this.options;
    if ((await ballots.sealed(messageId)) === undefined) ballots.drop([messageId]);
  }

  /** Drops what is in memory of ballots whose records were deleted. */
  drop(messageIds: readonly string[]): void {
    this.options.ballots.drop(messageIds);
    this.options.onChange?.("closed", messageIds.length);
  }

  /** The ids of the messages of all such ballots, expired and unposted ones included. */
  async ids(where: BallotsWhere): Promise<string[]> {
    const messageIds: string[] = [];
    for await (const messageId of this.options.ballots.ids(where)) messageIds.push(messageId);
    return messageIds;
  }

  /** All ballots that can still be voted on, without their texts. */
  async *open(): AsyncGenerator<[messageId: string, ballot: BallotRecord]> {
    const now = this.options.clock();
    for await (const entry of this.options.ballots.entries()) {
      if (isOpen(entry[1], now)) yield entry;
    }
  }

  /** Deletes the ballots, with their texts, that have expired. Returns how many. */
  async purgeExpired(): Promise<number> {
    const { ballots, clock, onChange, retentionMs } = this.options;
    const purged = await purgeExpired(ballots, clock(), retentionMs);
    onChange?.("expired", purged);
    return purged;
  }
}

function isOpen({ expiresAt, unposted }: BallotRecord, now: number): boolean {
  return expiresAt > now && !unposted;
}
