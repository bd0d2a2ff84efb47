/**
 * Why each personal reply was chosen: the axes that tipped the choice, and the runner-up. Stored for
 * as long as ballots are; the runner-up's text encrypted, or in memory alone if there is no key.
 */
import type { Axis } from "../../models/rewards/base-rewards.js";
import type { Slot } from "../../models/steering/spread.js";
import type { Clock } from "../shared/time.js";
import { timeOfSnowflake } from "../store/ids.js";
import type { MemberKey, ReplyRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { TextCipher } from "../store/text-cipher.js";
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

  /** Stores `why` for the messages that make up one reply, while its member allows it. */
  async note(messageIds: readonly string[], member: MemberKey, why: Why): Promise<void> {
    const permit = this.parts.consents.permit(member, "learning");
    const { cipher, clock, retentionMs } = this.parts;
    const { replies, writeTogether } = this.parts.store;
    for (const messageId of messageIds) {
      const runnerUp =
        why.runnerUp === undefined
          ? undefined
          : cipher?.seal(why.runnerUp, `${messageId}:runner-up`);
      const expiresAt = clock() + retentionMs;
      const record: ReplyRecord = {
        ...member,
        tipped: why.tipped,
        ...(why.manner && { manner: why.manner }),
        ...(runnerUp !== undefined && { runnerUp }),
        expiresAt,
      };
      if (!(await writeTogether([replies.putting(messageId, record)], permit))) return;
      if (cipher === undefined && why.runnerUp !== undefined) {
        this.#inMemory.set(messageId, why.runnerUp);
      }
    }
  }

  /** Why the reply `messageId` was chosen; undefined if nothing is stored about it or it was not for `memberId`. */
  async why(messageId: string, memberId: string): Promise<Why | undefined> {
    const record = await this.parts.store.replies.get(messageId);
    if (record === undefined || record.memberId !== memberId) return undefined;
    const runnerUp =
      record.runnerUp === undefined
        ? this.#inMemory.get(messageId)
        : this.parts.cipher?.open(record.runnerUp, `${messageId}:runner-up`);
    const { tipped, manner } = record;
    return { tipped, ...(manner && { manner }), ...(runnerUp !== undefined && { runnerUp }) };
  }

  /** Drops what is in memory of replies whose records were deleted. */
  drop(messageIds: readonly string[]): void {
    for (const messageId of messageIds) this.#inMemory.delete(messageId);
  }

  /** Deletes what has expired. Returns how many. */
  async purgeExpired(): Promise<number> {
    const { clock, retentionMs } = this.parts;
    const { replies } = this.parts.store;
    const now = clock();
    const messageIds: string[] = [];
    for await (const [messageId, { expiresAt }] of replies.entries()) {
      if (expiresAt <= now) messageIds.push(messageId);
    }
    // What is damaged does not say when it expires; its message does.
    for await (const messageId of replies.damagedKeys()) {
      const madeAt = timeOfSnowflake(messageId) ?? 0;
      if (madeAt + retentionMs <= now) messageIds.push(messageId);
    }
    this.drop(messageIds);
    await replies.deleteMany(messageIds);
    return messageIds.length;
  }
}
