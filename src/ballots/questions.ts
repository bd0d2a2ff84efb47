/**
 * When a member may be asked: a daily budget, a gap between questions that rises with certainty,
 * and never two questions open at once. Knows the store; nothing of Discord.
 */
import AsyncLock from "async-lock";
import { type Clock, dayOf } from "../shared/time.js";
import { changeRecord } from "../store/change-record.js";
import { type Needs, permitFor } from "../store/condition.js";
import type { WriteOptions } from "../store/engine.js";
import { profileKey } from "../store/keys.js";
import type { MemberKey, QuestionsRecord } from "../store/records.js";
import type { Store } from "../store/store.js";

/** A question that was not answered for this long makes way for another one. */
const LAPSE_MS = 12 * 60 * 60 * 1000;
/** A question that was to be posted and never was. */
const UNPOSTED_MS = 5 * 60 * 1000;

export interface QuestionAllowance {
  /** Questions a day at most. */
  readonly perDay: number;
  /** Answers without a question since the last one at least. */
  readonly gap: number;
}

/** The member may be asked; an older question that nobody answered is closed for it. */
export interface QuestionClaim {
  readonly closes?: string;
}

export interface QuestionsOptions {
  readonly store: Pick<Store, "alone" | "questions" | "writeTogether" | "tombstones">;
  /** Whether a message is still a ballot without a vote. */
  readonly isOpen: (messageId: string) => Promise<boolean>;
  readonly clock: Clock;
}

const NONE: QuestionsRecord = { day: "", count: 0, since: Number.MAX_SAFE_INTEGER };

export class Questions {
  readonly #lock = new AsyncLock();
  readonly #startedAt: number;

  constructor(private readonly options: QuestionsOptions) {
    this.#startedAt = options.clock();
  }

  /**
   * Reserves the next question for `member`, or returns undefined if it is not time for one. Whoever
   * claims calls {@link opened} once the question is posted, or {@link release} if it is not.
   */
  claim(member: MemberKey, allowance: QuestionAllowance): Promise<QuestionClaim | undefined> {
    return this.#locked(
      member,
      async (record, write) => {
        const now = this.options.clock();
        if (await this.#blocks(record.open, now)) return undefined;
        const lapsed = record.open?.messageId;
        // A process died before it had posted what it claimed.
        const settled = lapsed === undefined ? refunded(record) : record;
        const today = countToday(settled, now);
        if (today >= allowance.perDay || settled.since < allowance.gap) return undefined;
        const claimed = {
          ...onDay(settled, dayOf(now)),
          count: today + 1,
          since: 0,
          open: { at: now, sinceBefore: settled.since },
        };
        if (!(await write(claimed))) return undefined;
        return lapsed !== undefined && (await this.options.isOpen(lapsed))
          ? { closes: lapsed }
          : {};
      },
      "learning",
    );
  }

  /** The claimed question was posted as `messageId`. */
  opened(member: MemberKey, messageId: string): Promise<void> {
    return this.#locked(member, async (record, write) => {
      // Nothing is stored about somebody who has had everything deleted meanwhile.
      if (record === NONE) return;
      await write({ ...record, open: { at: this.options.clock(), messageId } });
    });
  }

  /** The claimed question was never posted: it costs nothing. */
  release(member: MemberKey): Promise<void> {
    return this.#locked(member, async (record, write) => {
      if (record === NONE) return;
      await write(refunded(record));
    });
  }

  /** The question is answered or gone. */
  closed(member: MemberKey, messageId: string): Promise<void> {
    return this.#locked(member, async ({ open, ...record }, write) => {
      if (open === undefined || (open.messageId ?? messageId) !== messageId) return;
      await write(record);
    });
  }

  /** The vote was taken back: the question waits again, unless another one does already. */
  reopened(member: MemberKey, messageId: string): Promise<void> {
    return this.#locked(member, async (record, write) => {
      if (record === NONE || record.open !== undefined) return;
      await write({ ...record, open: { at: this.options.clock(), messageId } });
    });
  }

  /** Counts an answer that came without a question. A database that crashes may forget the last ones. */
  passed(member: MemberKey): Promise<void> {
    return this.#locked(
      member,
      async (record, write) => {
        if (record.since >= Number.MAX_SAFE_INTEGER) return;
        await write({ ...record, since: record.since + 1 });
      },
      "learning",
      { durable: false },
    );
  }

  /** How many questions the member was asked today (UTC). */
  async askedToday(member: MemberKey): Promise<number> {
    return countToday(await this.#read(member), this.options.clock());
  }

  async #blocks(open: QuestionsRecord["open"], now: number): Promise<boolean> {
    if (open === undefined) return false;
    if (open.messageId === undefined) {
      // What an earlier process was about to post, this one does not; another one still may.
      const isUnderWay = open.at >= this.#startedAt || !this.options.store.alone;
      return now - open.at < UNPOSTED_MS && isUnderWay;
    }
    return now - open.at < LAPSE_MS && (await this.options.isOpen(open.messageId));
  }

  async #read(member: MemberKey): Promise<QuestionsRecord> {
    return (await this.options.store.questions.get(profileKey(member))) ?? NONE;
  }

  /**
   * `write` does nothing and returns false if the member has had everything deleted since, or does
   * not allow it: somebody whose taste is not learned is not asked. `action` runs again where another
   * process has changed the record meanwhile.
   */
  #locked<Result>(
    member: MemberKey,
    action: (
      record: QuestionsRecord,
      write: (record: QuestionsRecord) => Promise<boolean>,
    ) => Promise<Result>,
    needs: Needs = "record",
    options: WriteOptions = {},
  ): Promise<Result> {
    const { store } = this.options;
    const key = profileKey(member);
    const permit = permitFor(store.tombstones, member, needs);
    const change = { ...options, store, repository: store.questions, key, permit };
    return this.#lock.acquire(key, () =>
      changeRecord(change, (record = NONE, write) => action(record, write)),
    );
  }
}

/** `record` as it was before the question that was claimed and never put. */
function refunded(record: QuestionsRecord): QuestionsRecord {
  const { open, ...rest } = record;
  if (open === undefined || open.messageId !== undefined) return record;
  return { ...rest, since: open.sinceBefore ?? rest.since, count: Math.max(0, rest.count - 1) };
}

function countToday({ day, count, earlier }: QuestionsRecord, now: number): number {
  const today = dayOf(now);
  if (day === today) return count;
  return earlier?.day === today ? earlier.count : 0;
}

/** Which day a record is about when it is written on `day`, and which it was about before. */
function onDay(record: QuestionsRecord, day: string): Pick<QuestionsRecord, "day" | "earlier"> {
  if (record.day !== day && record.day !== "") {
    return { day, earlier: { day: record.day, count: record.count } };
  }
  return { day, ...(record.earlier && { earlier: record.earlier }) };
}
