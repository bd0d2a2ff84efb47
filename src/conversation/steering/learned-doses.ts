/**
 * What directives do to the answers of each language model, learned from the bot's own candidates:
 * sums alone, of no text and no member.
 */
import { emptyDoseTable } from "../../../models/steering/dose-response.js";
import { NO_LENGTHS } from "../../../models/steering/plain-lengths.js";
import { PutOff } from "../../shared/put-off.js";
import type { Clock } from "../../shared/time.js";
import { changeRecord } from "../../store/change-record.js";
import type { DoseRecord } from "../../store/records.js";
import type { Store } from "../../store/store.js";

export type Learned = Pick<DoseRecord, "axes" | "plain">;

/** What comes of one answer. */
type Lesson = (learned: Learned) => Learned;

/** While nothing can be stored; the oldest go first, whose part fades anyway. */
const MOST_LESSONS = 1_000;

/** A killed process forgets what it has learned in this time. */
const WRITE_AFTER_MS = 5_000;

const NOTHING: Learned = { axes: emptyDoseTable(), plain: NO_LENGTHS };

export interface LearnedDosesParts {
  readonly store: Pick<Store, "doses" | "writeTogether">;
  /** The name of the main language model. */
  readonly languageModel: string;
  readonly clock: Clock;
  /** Called with what could not be written; it is written with the next answer. */
  readonly onError: (error: unknown) => void;
}

export class LearnedDoses {
  readonly #models = new Map<string, DosesOfModel>();

  constructor(private readonly parts: LearnedDosesParts) {}

  /** What is known of `languageModel`, the main one where it is not given. Throws `StoreError`. */
  learned(languageModel?: string): Promise<Learned> {
    return this.#of(languageModel).learned();
  }

  /** Learns of `languageModel` with `learn`; written a little later. Throws `StoreError`. */
  change(learn: Lesson, languageModel?: string): Promise<void> {
    return this.#of(languageModel).change(learn);
  }

  /** Resolves when what was learned so far is written, or could not be. */
  async written(): Promise<void> {
    await Promise.all([...this.#models.values()].map((doses) => doses.written()));
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
  readonly #writing: PutOff;
  /** What is not stored yet, oldest first. */
  #lessons: Lesson[] = [];

  constructor(private readonly parts: LearnedDosesParts) {
    const { onError } = parts;
    this.#writing = new PutOff({ afterMs: WRITE_AFTER_MS, action: () => this.#write(), onError });
  }

  async learned(): Promise<Learned> {
    return this.#learned ?? this.#read();
  }

  async change(learn: Lesson): Promise<void> {
    await this.learned();
    this.#learned = learn(this.#learned!);
    this.#lessons = [...this.#lessons, learn].slice(-MOST_LESSONS);
    this.#writing.ask();
  }

  written(): Promise<void> {
    return this.#writing.now().catch(this.parts.onError);
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
    const { store, languageModel, clock } = this.parts;
    const lessons = this.#lessons;
    if (lessons.length === 0) return;
    this.#lessons = [];
    try {
      const change = { store, repository: store.doses, key: languageModel, durable: false };
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
