/**
 * What directives do to the answers of each language model, learned from the bot's own candidates:
 * sums alone, of no text and no member.
 */
import { emptyDoseTable } from "../../../models/steering/dose-response.js";
import { NO_LENGTHS } from "../../../models/steering/plain-lengths.js";
import type { Clock } from "../../shared/time.js";
import { changeRecord } from "../../store/change-record.js";
import type { DoseRecord } from "../../store/records.js";
import type { Store } from "../../store/store.js";

export type Learned = Pick<DoseRecord, "axes" | "plain">;

/** What comes of one answer. */
type Lesson = (learned: Learned) => Learned;

/** While nothing can be stored; the oldest go first, whose part fades anyway. */
const MOST_LESSONS = 1_000;

const NOTHING: Learned = { axes: emptyDoseTable(), plain: NO_LENGTHS };

export interface LearnedDosesParts {
  readonly store: Pick<Store, "doses" | "writeTogether">;
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
  change(learn: Lesson, languageModel?: string): Promise<void> {
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
  /** What is not stored yet, oldest first. */
  #lessons: Lesson[] = [];

  constructor(private readonly parts: LearnedDosesParts) {}

  async learned(): Promise<Learned> {
    return this.#learned ?? this.#read();
  }

  /** What comes while something is written is written next, together. */
  async change(learn: Lesson): Promise<void> {
    await this.learned();
    this.#learned = learn(this.#learned!);
    this.#lessons = [...this.#lessons, learn].slice(-MOST_LESSONS);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    await this.#writing;
  }

  async #read(): Promise<Learned> {
    const { store, languageModel } = this.parts;
    this.#reading ??= store.doses
      .get(languageModel)
      .then((record) => (this.#learned ??= record ?? NOTHING))
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  /** On top of what is stored by now: other processes learn as well. */
  async #write(): Promise<void> {
    this.#isWaiting = false;
    const { store, languageModel, clock } = this.parts;
    const lessons = this.#lessons;
    this.#lessons = [];
    try {
      const change = { store, repository: store.doses, key: languageModel };
      const stored = await changeRecord(change, async (record, write) => {
        const { axes, plain } = after(lessons, record ?? NOTHING);
        await write({ axes, plain, at: clock() });
        return { axes, plain };
      });
      this.#learned = after(this.#lessons, stored);
    } catch (error) {
      this.#lessons = [...lessons, ...this.#lessons].slice(-MOST_LESSONS);
      throw error;
    }
  }
}

function after(lessons: readonly Lesson[], learned: Learned): Learned {
  return lessons.reduce((sum, learn) => learn(sum), learned);
}
