/**
 * What directives do to the answers of the language model that is set up, learned from the bot's own
 * candidates: sums alone, of no text and no member.
 */
import { emptyDoseTable } from "../../../models/steering/dose-response.js";
import { NO_LENGTHS } from "../../../models/steering/plain-lengths.js";
import type { Clock } from "../../shared/time.js";
import type { DoseRecord } from "../../store/records.js";
import type { Repository } from "../../store/repository.js";

export type Learned = Pick<DoseRecord, "axes" | "plain">;

const NOTHING: Learned = { axes: emptyDoseTable(), plain: NO_LENGTHS };

export interface LearnedDosesParts {
  readonly records: Repository<DoseRecord>;
  /** The language model's name. */
  readonly languageModel: string;
  readonly clock: Clock;
}

export class LearnedDoses {
  #learned: Learned | undefined;
  #reading: Promise<Learned> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isWaiting = false;

  constructor(private readonly parts: LearnedDosesParts) {}

  /** What is known of the language model. Throws `StoreError`. */
  async learned(): Promise<Learned> {
    return this.#learned ?? this.#read();
  }

  /** Learns with `learn`, and keeps that; of what comes while it is written the newest is written next. */
  async change(learn: (learned: Learned) => Learned): Promise<void> {
    await this.learned();
    this.#learned = learn(this.#learned!);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    await this.#writing;
  }

  async #read(): Promise<Learned> {
    const { records, languageModel } = this.parts;
    this.#reading ??= records
      .get(languageModel)
      .then((record) => (this.#learned ??= record ?? NOTHING))
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #write(): Promise<void> {
    this.#isWaiting = false;
    const { records, languageModel, clock } = this.parts;
    const { axes, plain } = this.#learned!;
    await records.set(languageModel, { axes, plain, at: clock() });
  }
}
