/**
 * Ballots at rest: their texts encrypted; without a key in plain while the question is open, and
 * after that in memory alone. Knows the repository and the cipher; nothing of voting.
 */

import { writeUnchanged } from "../store/change-record.js";
import { absent, type Condition, permitFor, stillThere } from "../store/condition.js";
import type { Write } from "../store/engine.js";
import type { BallotRecord, MemberKey } from "../store/records.js";
import type { Where } from "../store/repository.js";
import type { Store } from "../store/store.js";
import type { TextCipher } from "../store/text-cipher.js";
import type { Seen, Unchanged } from "../store/unchanged.js";
import { TextsInMemory } from "./texts-in-memory.js";

type Texts = readonly string[];

export class SealedBallots {
  /** By message: a, b, the alternative. */
  readonly #inMemory = new TextsInMemory<Texts>();

  constructor(
    private readonly store: Pick<Store, "ballots" | "writeTogether" | "tombstones">,
    private readonly cipher: TextCipher | undefined,
  ) {}

  /** The ballot of a message with its texts; `textsGone` if they are no longer stored or can't be read. */
  async get(messageId: string): Promise<BallotRecord | undefined> {
    const record = await this.store.ballots.get(messageId);
    return record && this.#unsealed(messageId, record);
  }

  /** As {@link get}, its texts as they are stored. */
  sealed(messageId: string): Promise<BallotRecord | undefined> {
    return this.store.ballots.get(messageId);
  }

  /**
   * As {@link get}, its texts encrypted if they are stored so, for what changes none of them; with the
   * condition that it is still so when something is written.
   */
  async read(messageId: string): Promise<Seen<BallotRecord>> {
    const { value, unchanged } = await this.store.ballots.read(messageId);
    if (value === undefined || value.sealed) return { value, unchanged };
    return { value: this.#unsealed(messageId, value), unchanged };
  }

  /** Whether there is a record of it, even a damaged one. */
  has(messageId: string): Promise<boolean> {
    return this.store.ballots.has(messageId);
  }

  /** The condition under which a ballot for `member` that begins now may be stored. */
  permit(member: MemberKey): Condition {
    return permitFor(this.store.tombstones, member, "learning");
  }

  /** Stores a new ballot, in the place of the one under `from` if that is given; false if `permit` does not hold. */
  async add(
    messageId: string,
    record: BallotRecord,
    permit: Condition,
    from?: string,
  ): Promise<boolean> {
    const removals = from === undefined ? [] : [this.store.ballots.removing(from)];
    const writes = [this.putting(messageId, record), ...removals];
    const done = await this.store.writeTogether(writes, permit);
    if (!done) this.drop([messageId]);
    else if (from !== undefined) this.drop([from]);
    return done;
  }

  /** Stores what is stored under `from` a second time: texts that are not read as they are. */
  move(from: string, messageId: string, record: BallotRecord, permit: Condition): Promise<boolean> {
    const asTheyAre = record.sealed || record.unread !== undefined;
    const sealedFor = asTheyAre ? { sealedFor: record.sealedFor ?? from } : {};
    return this.add(messageId, { ...record, ...sealedFor }, permit);
  }

  /** Stores `record` in the place of what was seen. Throws `OvertakenError`. */
  async replace(messageId: string, record: BallotRecord, seen: Unchanged): Promise<void> {
    await writeUnchanged(this.store, [this.putting(messageId, record)], seen);
  }

  /** Deletes the ballot if it is as it was seen. Throws `OvertakenError`. */
  async remove(messageId: string, seen: Unchanged): Promise<void> {
    await writeUnchanged(this.store, [this.store.ballots.removing(messageId)], seen);
    this.drop([messageId]);
  }

  /** The condition that there is a ballot of this message. */
  standing(messageId: string): Condition {
    return stillThere(this.store.ballots.removing(messageId).key);
  }

  /** The condition that there is none. */
  absent(messageId: string): Condition {
    return absent(this.store.ballots.removing(messageId).key);
  }

  putting(messageId: string, record: BallotRecord): Write {
    return this.store.ballots.putting(messageId, this.#sealed(messageId, record));
  }

  async deleteMany(messageIds: readonly string[]): Promise<void> {
    this.drop(messageIds);
    await this.store.ballots.deleteMany(messageIds);
  }

  /** Drops the texts in memory. */
  drop(messageIds: readonly string[]): void {
    for (const messageId of messageIds) this.#inMemory.delete(messageId);
  }

  /** The ballots that are asked for, their texts as they are stored. */
  entries(where: Where = {}): AsyncGenerator<[messageId: string, ballot: BallotRecord]> {
    return this.store.ballots.entries("", where);
  }

  /** Their messages alone; those of damaged ones too. */
  ids(where: Where): AsyncGenerator<string> {
    return this.store.ballots.keys("", where);
  }

  #sealed(messageId: string, { unread, ...record }: BallotRecord): BallotRecord {
    const { cipher } = this;
    // It was read so, and whatever was changed is not its texts.
    if (record.sealed) return record;
    // What another key has sealed stays as it is: the right key may come back.
    if (unread !== undefined) {
      const { textsGone: _gone, ...rest } = withTexts(record, unread);
      return { ...rest, sealed: true };
    }
    if (record.textsGone) return record;
    const texts = textsOf(record);
    if (cipher !== undefined) {
      const { sealedFor: _sealedFor, ...rest } = record;
      const sealed = texts.map((text, at) => cipher.seal(text, `${messageId}:${at}`));
      return { ...withTexts(rest, sealed), sealed: true };
    }
    this.#inMemory.set(messageId, texts);
    if (record.choices.length === 0) return record;
    return withoutTexts(record);
  }

  #unsealed(messageId: string, { sealed, ...record }: BallotRecord): BallotRecord {
    if (sealed) {
      const context = record.sealedFor ?? messageId;
      const texts = textsOf(record).map((text, at) => this.cipher?.open(text, `${context}:${at}`));
      if (texts.every((text) => text !== undefined)) return withTexts(record, texts);
      return { ...withoutTexts(record), unread: textsOf(record) };
    }
    const texts = record.textsGone ? this.#inMemory.get(messageId) : undefined;
    if (texts === undefined) return record;
    const { textsGone: _gone, ...rest } = record;
    return withTexts(rest, texts);
  }
}

function withoutTexts(record: BallotRecord): BallotRecord {
  const empty = textsOf(record).map(() => "");
  return { ...withTexts(record, empty), textsGone: true };
}

function textsOf({ candidates: [a, b], alternative }: BallotRecord): string[] {
  return alternative === undefined ? [a.text, b.text] : [a.text, b.text, alternative];
}

function withTexts(record: BallotRecord, [a = "", b = "", alternative]: Texts): BallotRecord {
  const [first, second] = record.candidates;
  const candidates = [
    { ...first, text: a },
    { ...second, text: b },
  ] as const;
  return { ...record, candidates, ...(alternative !== undefined && { alternative }) };
}
