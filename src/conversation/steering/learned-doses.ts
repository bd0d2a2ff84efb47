/**
 * What directives do to the answers of each language model, learned from the bot's own candidates:
 * sums alone, of no text and no member.
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
  /** The name of the main language model. */
  readonly languageModel: string;
  readonly clock: Clock;
}

export class LearnedDoses {
  readonly #models = new Map<string, DosesOfModel>();

  constructor(private readonly parts: LearnedDosesParts) {}

  /** What is known of `languageModel`, the main one where it is not given. Throws `StoreError`. */
  learned(languageModel?: string): Promise<Learned> {
    return this.#of(languageModel).learned();
  }

  /** Learns of `languageModel` with `learn`, and keeps that. */
  change(learn: (learned: Learned) => Learned, languageModel?: string): Promise<void> {
    return this.#of(languageModel).change(learn);
  }

  /** There are as many as the owner has set up. */
  #of(languageModel = this.parts.languageModel): DosesOfModel {
    let doses = this.#models.get(languageModel);
    if (doses === undefined) {
      doses = new DosesOfModel({ ...this.parts, languageModel });
      this.#models.set(languageModel, doses);
    }
    return doses;
  }
}

class DosesOfModel {
  #learned: Learned | undefined;
  #reading: Promise<Learned> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isWaiting = false;

  constructor(private readonly parts: LearnedDosesParts) {}

  async learned(): Promise<Learned> {
    return this.#learned ?? this.#read();
  }

  /** Of what comes while something is written, the newest is written next. */
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
