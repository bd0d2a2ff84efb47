/**
 * What directives do to the answers of the language model that is set up, learned from the bot's own
 * candidates: sums alone, of no text and no member.
 */
import { type DoseTable, emptyDoseTable } from "../../../models/steering/dose-response.js";
import type { Clock } from "../../shared/clock.js";
import type { DoseRecord } from "../../store/records.js";
import type { Repository } from "../../store/repository.js";

export interface LearnedDosesParts {
  readonly records: Repository<DoseRecord>;
  /** The language model's name. */
  readonly languageModel: string;
  readonly clock: Clock;
}

export class LearnedDoses {
  #table: DoseTable | undefined;
  #reading: Promise<DoseTable> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isWaiting = false;

  constructor(private readonly parts: LearnedDosesParts) {}

  /** What is known of the language model. Throws `StoreError`. */
  async table(): Promise<DoseTable> {
    return this.#table ?? this.#read();
  }

  /** Learns with `learn`, and keeps that; of what comes while it is written the newest is written next. */
  async change(learn: (table: DoseTable) => DoseTable): Promise<void> {
    await this.table();
    this.#table = learn(this.#table!);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    await this.#writing;
  }

  async #read(): Promise<DoseTable> {
    const { records, languageModel } = this.parts;
    this.#reading ??= records
      .get(languageModel)
      .then((record) => (this.#table ??= record?.axes ?? emptyDoseTable()))
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #write(): Promise<void> {
    this.#isWaiting = false;
    const { records, languageModel, clock } = this.parts;
    await records.set(languageModel, { axes: this.#table!, at: clock() });
  }
}
