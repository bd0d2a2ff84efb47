/**
 * Why each personal reply was chosen: the axes that tipped the choice, and the runner-up. Stored for
 * as long as ballots are; the runner-up's text encrypted, or in memory alone if there is no key.
 */
import type { Axis } from "../../models/rewards/base-rewards.js";
import type { Slot } from "../../models/steering/spread.js";
import type { Clock } from "../shared/time.js";
import type { BallotCandidate, MemberKey } from "../store/records.js";
import type { AnotherRecord, ReplyRecord } from "../store/reply-record.js";
import type { Store } from "../store/store.js";
import type { TextCipher } from "../store/text-cipher.js";
import type { BallotDraft } from "./ballots.js";
import { type ExpiringRecords, purgeExpired } from "./expired.js";
import type { Allowance } from "./learning.js";
import { TextsInMemory } from "./texts-in-memory.js";

/** How much one axis contributed to the lead of the reply over the runner-up, in logits. */
export interface Tipping {
  readonly axis: Axis;
  readonly amount: number;
}

export interface Why {
  /** None where there was nothing to choose among. */
  readonly tipped: readonly Tipping[];
  /** Missing where there was none, or its text is no longer kept. */
  readonly runnerUp?: string;
  /** In which manner the reply was asked for, where it was in one. */
  readonly manner?: Slot;
}

/** What "Another answer" below a reply compares. */
export interface KeptPair {
  /** The reply and the runner-up; missing if there was no other candidate, or it is no longer stored. */
  readonly draft?: BallotDraft;
}

/** The same for one reply. */
export interface KeptReply extends KeptPair {
  readonly member: MemberKey;
  /** The messages that it consists of, in order. */
  readonly pieces: readonly string[];
  readonly manner?: Slot;
}

export interface ReplyNotesParts {
  readonly store: Pick<Store, "replies" | "writeTogether">;
  readonly consents: Allowance;
  readonly cipher: TextCipher | undefined;
  readonly clock: Clock;
  readonly retentionMs: number;
}

export class ReplyNotes {
  readonly #inMemory = new TextsInMemory<string>();

  constructor(private readonly parts: ReplyNotesParts) {}

  /**
   * Stores `why` for the messages that make up one reply, and for the last of them what "Another answer"
   * below it compares, while its member allows it.
   */
  async note(
    messageIds: readonly string[],
    member: MemberKey,
    why: Why = { tipped: [] },
    another?: KeptPair,
  ): Promise<void> {
    const permit = this.parts.consents.permit(member, "learning");
    const { cipher, clock, retentionMs } = this.parts;
    const { replies, writeTogether } = this.parts.store;
    for (const messageId of messageIds) {
      const isLast = messageId === messageIds.at(-1);
      const text = (isLast && another?.draft?.candidates[1].text) || why.runnerUp;
      const runnerUp = text === undefined ? undefined : cipher?.seal(text, contextOf(messageId));
      const expiresAt = clock() + retentionMs;
      const record: ReplyRecord = {
        ...member,
        tipped: why.tipped,
        ...(why.manner && { manner: why.manner }),
        ...(runnerUp !== undefined && { runnerUp }),
        ...(isLast && another && { another: anotherRecord(messageIds, another) }),
        expiresAt,
      };
      if (!(await writeTogether([replies.putting(messageId, record)], permit))) return;
      if (cipher === undefined && text !== undefined) this.#inMemory.set(messageId, text);
    }
  }

  /** What "Another answer" below the reply that ends with `messageId` compares, until it expires. */
  async another(messageId: string): Promise<KeptReply | undefined> {
    const record = await this.parts.store.replies.get(messageId);
    if (record?.another === undefined || record.expiresAt <= this.parts.clock()) return undefined;
    const { another, guildId, manner, memberId } = record;
    const member = { guildId, memberId };
    const draft = draftOf(another, member, this.#runnerUp(messageId, record));
    return { member, pieces: another.pieces, ...(manner && { manner }), ...(draft && { draft }) };
  }

  /** Forgets why: the reply was changed by its member. */
  async forget(messageIds: readonly string[]): Promise<void> {
    this.drop(messageIds);
    await this.parts.store.replies.deleteMany(messageIds);
  }

  /** Why the reply `messageId` was chosen; undefined if nothing is stored about it or it was not for `memberId`. */
  async why(messageId: string, memberId: string): Promise<Why | undefined> {
    const record = await this.parts.store.replies.get(messageId);
    if (record === undefined || record.memberId !== memberId) return undefined;
    const { tipped, manner } = record;
    // Kept for "Another answer" alone: the profile had no word in it.
    if (record.another && tipped.length === 0 && manner === undefined) return undefined;
    const runnerUp = this.#runnerUp(messageId, record);
    return { tipped, ...(manner && { manner }), ...(runnerUp !== undefined && { runnerUp }) };
  }

  #runnerUp(messageId: string, { runnerUp }: ReplyRecord): string | undefined {
    if (runnerUp === undefined) return this.#inMemory.get(messageId);
    return this.parts.cipher?.open(runnerUp, contextOf(messageId));
  }

  /** Drops what is in memory of replies whose records were deleted. */
  drop(messageIds: readonly string[]): void {
    for (const messageId of messageIds) this.#inMemory.delete(messageId);
  }

  /** Deletes what has expired. Returns how many. */
  async purgeExpired(): Promise<number> {
    const { clock, retentionMs, store } = this.parts;
    const expiring: ExpiringRecords = {
      ids: (where) => store.replies.keys("", where),
      deleteMany: (messageIds) => this.forget(messageIds),
    };
    return purgeExpired(expiring, clock(), retentionMs);
  }
}

function contextOf(messageId: string): string {
  return `${messageId}:runner-up`;
}

/** Without the texts: Discord has the reply's, and the runner-up's is stored beside it. */
function anotherRecord(pieces: readonly string[], { draft }: KeptPair): AnotherRecord {
  if (draft === undefined) return { pieces };
  const { candidates, member: _member, source: _source, ...facts } = draft;
  const [first, second] = candidates;
  return { pieces, pair: { ...facts, candidates: [textless(first), textless(second)] } };
}

function textless({ text: _text, ...candidate }: BallotCandidate): Omit<BallotCandidate, "text"> {
  return candidate;
}

function draftOf(
  { pair }: AnotherRecord,
  member: MemberKey,
  runnerUp: string | undefined,
): BallotDraft | undefined {
  if (pair === undefined || runnerUp === undefined) return undefined;
  const [first, second] = pair.candidates;
  const candidates = [
    { ...first, text: "" },
    { ...second, text: runnerUp },
  ] as const;
  return { ...pair, member, candidates, source: "another" };
}
