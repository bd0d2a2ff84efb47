/**
 * Ballots at rest: their texts encrypted; without a key in plain while the question is open, and
 * after that in memory alone. Knows the repository and the cipher; nothing of voting.
 */

import type { Write } from "../storage/batched-sqlite.js";
import { PassingTexts } from "../storage/passing-texts.js";
import type { BallotRecord } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";
import type { TextCipher } from "../storage/text-cipher.js";

type Texts = readonly string[];

export class SealedBallots {
  /** By message: a, b, the alternative. */
  readonly #passing = new PassingTexts<Texts>();

  constructor(
    private readonly repository: Repository<BallotRecord>,
    private readonly cipher: TextCipher | undefined,
  ) {}

  /** The ballot of a message with its texts; `textsGone` where they are no longer kept or can't be read. */
  async get(messageId: string): Promise<BallotRecord | undefined> {
    const record = await this.repository.get(messageId);
    return record && this.#unsealed(messageId, record);
  }

  /** Whether anything is stored of it, a damaged record included. */
  has(messageId: string): Promise<boolean> {
    return this.repository.has(messageId);
  }

  async set(messageId: string, record: BallotRecord): Promise<void> {
    await this.repository.set(messageId, this.#sealed(messageId, record));
  }

  putting(messageId: string, record: BallotRecord): Write {
    return this.repository.putting(messageId, this.#sealed(messageId, record));
  }

  async deleteMany(messageIds: readonly string[]): Promise<void> {
    for (const messageId of messageIds) this.#passing.delete(messageId);
    await this.repository.deleteMany(messageIds);
  }

  /** All ballots, their texts as they are stored. */
  entries(): AsyncGenerator<[messageId: string, ballot: BallotRecord]> {
    return this.repository.entries();
  }

  #sealed(messageId: string, record: BallotRecord): BallotRecord {
    const { cipher } = this;
    const texts = textsOf(record);
    if (record.textsGone) return record;
    if (cipher !== undefined) {
      const sealed = texts.map((text, at) => cipher.seal(text, `${messageId}:${at}`));
      return { ...withTexts(record, sealed), sealed: true };
    }
    this.#passing.set(messageId, texts);
    if (record.choices.length === 0) return record;
    return {
      ...withTexts(
        record,
        texts.map(() => ""),
      ),
      textsGone: true,
    };
  }

  #unsealed(messageId: string, { sealed, ...record }: BallotRecord): BallotRecord {
    if (sealed) {
      const texts = textsOf(record).map((text, at) =>
        this.cipher?.open(text, `${messageId}:${at}`),
      );
      if (texts.every((text) => text !== undefined)) return withTexts(record, texts);
      return {
        ...withTexts(
          record,
          texts.map(() => ""),
        ),
        textsGone: true,
      };
    }
    const passing = record.textsGone ? this.#passing.get(messageId) : undefined;
    if (passing === undefined) return record;
    const { textsGone: _gone, ...kept } = record;
    return withTexts(kept, passing);
  }
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
