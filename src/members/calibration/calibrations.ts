/**
 * The calibration: up to ten questions from the deck, each the one that says most about this
 * member. Survives a restart; knows no language model, no Discord.
 */
import AsyncLock from "async-lock";
import { DEFAULT_ACQUISITION } from "../../../models/acquisition/scores.js";
import { type SelectedPair, selectPair } from "../../../models/acquisition/search.js";
import type { RandomGenerator } from "../../../models/algebra/random.js";
import { membersAgree } from "../../../models/rewards/personal-share.js";
import { certaintyOfWeights } from "../../../models/rewards/weights-certainty.js";
import { outcomeOfChoice } from "../../ballots/choices.js";
import type { VoteChange } from "../../ballots/votes.js";
import type { Clock } from "../../shared/time.js";
import { untilUnchanged, writeUnchanged } from "../../store/change-record.js";
import { allOf, type Condition, type Needs } from "../../store/condition.js";
import type { ComparisonIds } from "../../store/ids.js";
import { profileKey } from "../../store/keys.js";
import type {
  CalibrationRecord,
  Choice,
  ComparisonRecord,
  MemberKey,
} from "../../store/records.js";
import type { Store } from "../../store/store.js";
import { OvertakenError, type Unchanged } from "../../store/unchanged.js";
import { featuresToText } from "../../store/vector-text.js";
import type { Consents } from "../consents.js";
import type { CurrentModel, Profiles } from "../profiles.js";
import { type CalibrationEnd, type CalibrationStep, QUESTIONS } from "./calibration-step.js";
import type { DeckLibrary } from "./deck-library.js";
import { deckBaseRewards, deckFeatures, deckPairs, deckText } from "./encoded-deck.js";

/** A question with less expected information (nats) is not worth a tap any more. */
const MINIMUM_INFORMATION_GAIN = 0.1;
/** This share of the deck's prompts is not repeated until all others had their turn. */
const LONGEST_MEMORY = 0.75;

export interface CalibrationsParts {
  readonly store: Pick<Store, "calibrations" | "writeTogether">;
  readonly decks: DeckLibrary;
  readonly models: CurrentModel;
  readonly profiles: Profiles;
  readonly consents: Consents;
  readonly comparisonIds: ComparisonIds;
  readonly random: RandomGenerator;
  readonly clock: Clock;
  /** Called after every vote that is stored. */
  readonly onVote?: (change: VoteChange) => void;
}

/** What has to be true when a step is stored: it is allowed, and nobody has taken another one. */
interface Turn {
  readonly permit: Condition;
  readonly unchanged: Unchanged;
}

export class Calibrations {
  readonly #lock = new AsyncLock();

  constructor(private readonly parts: CalibrationsParts) {}

  /**
   * Starts, or continues: with the open question, or with the next one where the language is another
   * by now. The member must have consented.
   */
  start(member: MemberKey, language: string): Promise<CalibrationStep> {
    return this.#locked(member, async (record, turn) => {
      if (record?.current === undefined) {
        const used = record?.used ?? [];
        return this.#next(member, { language, asked: 0, answered: 0, used }, turn);
      }
      if (record.language === language) return this.#show(member, record, turn);
      // The number moves on, so that the buttons of the question in the other language say nothing any more.
      return this.#next(member, { ...record, language }, turn);
    });
  }

  /**
   * Stores the answer to question `number` and asks the next one. Undefined if that question is
   * not the open one, as after a second tap, or if the member has not consented.
   */
  answer(
    member: MemberKey,
    number: number,
    choice: Choice | "skip",
  ): Promise<CalibrationStep | undefined> {
    return this.#locked(member, async (record, turn) => {
      if (record?.current === undefined || record.asked !== number) return undefined;
      if (choice === "skip") return this.#next(member, record, turn);
      if (!(await this.#store(member, record, choice, turn))) return undefined;
      return this.#next(member, { ...record, answered: record.answered + 1 }, turn);
    });
  }

  /** The question that would say most now, without asking it: its prompt and z, [J]. */
  async preview(
    member: MemberKey,
    language: string,
  ): Promise<{ prompt: string; difference: Float64Array } | undefined> {
    const model = this.parts.models.current;
    const deck = await this.parts.decks.deck(language, model);
    const record = { language, asked: 0, answered: 0, used: [] };
    // What is shown must tell nothing of the server's others: about everybody's mean.
    const pair = await this.#choose(member, record, () => this.parts.profiles.ownWeights(member));
    if (pair === null || pair.informationGain < MINIMUM_INFORMATION_GAIN) return undefined;
    const rewards = deckBaseRewards(deck, model);
    const reward = (row: number, axis: number) => rewards[row * model.rank + axis]!;
    const difference = Float64Array.from(
      { length: model.rank },
      (_, axis) => reward(pair.a, axis) - reward(pair.b, axis),
    );
    return { prompt: deck.prompts[deck.promptOf[pair.a]!]!.prompt, difference };
  }

  /** Ends the calibration; what was answered counts. */
  stop(member: MemberKey): Promise<CalibrationEnd> {
    return this.#locked(
      member,
      async (record, turn) =>
        record === undefined
          ? this.#over(member, 0, false)
          : this.#end(member, record, false, turn),
      "record",
    );
  }

  /** Asks the next question; ends if nothing may be stored about the member any more. */
  async #next(member: MemberKey, record: CalibrationRecord, turn: Turn): Promise<CalibrationStep> {
    if (record.asked >= QUESTIONS) return this.#end(member, record, false, turn);
    const deck = await this.parts.decks.deck(record.language);
    const pair = await this.#choose(member, record);
    if (pair === null || pair.informationGain < MINIMUM_INFORMATION_GAIN) {
      return this.#end(member, record, true, turn);
    }
    const [a, b] = this.parts.random() < 0.5 ? [pair.a, pair.b] : [pair.b, pair.a];
    const { id } = deck.prompts[deck.promptOf[a]!]!;
    const memory = Math.floor(LONGEST_MEMORY * deck.prompts.length);
    const next: CalibrationRecord = {
      ...record,
      asked: record.asked + 1,
      used: [...record.used, id].slice(-memory),
      current: {
        promptId: id,
        a: deck.answerOf[a]!,
        b: deck.answerOf[b]!,
        comparisonId: this.parts.comparisonIds(),
      },
    };
    if (!(await this.#write(member, next, turn))) {
      return this.#over(member, record.answered, false);
    }
    return this.#show(member, next, turn);
  }

  /** Over all pairs of the deck; microseconds each, so that no thread is worth the way. */
  async #choose(
    member: MemberKey,
    record: CalibrationRecord,
    readWeights = () => this.parts.profiles.userWeights(member),
  ): Promise<SelectedPair | null> {
    const userWeights = await readWeights();
    const model = this.parts.models.current;
    const deck = await this.parts.decks.deck(record.language, model);
    // A retraining that ended just now: the next question is chosen under the new base rewards.
    if (userWeights.modelVersion !== model.version) {
      return this.#choose(member, record, readWeights);
    }
    if (membersAgree(model)) return null;
    const pairs = deckPairs(deck, new Set(record.used));
    const count = deck.promptOf.length;
    return selectPair(deckBaseRewards(deck, model), count, userWeights, DEFAULT_ACQUISITION, {
      pairs,
      differenceVariances: model.differenceVariances,
    });
  }

  async #show(member: MemberKey, record: CalibrationRecord, turn: Turn): Promise<CalibrationStep> {
    const rows = await this.#rowsOf(record);
    // The deck has lost this prompt in an update: another question takes its place.
    if (rows === undefined) {
      return this.#next(member, { ...record, asked: record.asked - 1 }, turn);
    }
    const { a, b, deck } = rows;
    return {
      kind: "question",
      number: record.asked,
      certainty: await this.#certainty(member),
      prompt: deck.prompts[deck.promptOf[a]!]!.prompt,
      texts: [deckText(deck, a), deckText(deck, b)],
    };
  }

  /** Stores the comparison, unless consent was taken back. */
  async #store(
    member: MemberKey,
    record: CalibrationRecord,
    choice: Choice,
    turn: Turn,
  ): Promise<boolean> {
    const rows = await this.#rowsOf(record);
    if (rows === undefined) return false;
    const { a, b, deck } = rows;
    const comparison: ComparisonRecord = {
      a: featuresToText(deckFeatures(deck, a)),
      b: featuresToText(deckFeatures(deck, b)),
      ...outcomeOfChoice(choice),
      encoder: deck.encoderId,
      firstShown: "a",
      source: "deck",
      trains: true,
      at: this.parts.clock(),
    };
    const { comparisonId } = record.current!;
    const change = { comparisonId, record: comparison };
    const condition = allOf(turn.permit, turn.unchanged);
    const stored = await this.parts.profiles.changeComparison(member, change, condition);
    if (!stored && turn.unchanged.failed) throw new OvertakenError();
    if (stored) this.parts.onVote?.("cast");
    return stored;
  }

  async #rowsOf({ current, language }: CalibrationRecord) {
    const deck = await this.parts.decks.deck(language);
    const row = (answer: number) =>
      deck.promptOf.findIndex(
        (prompt, at) =>
          deck.prompts[prompt]!.id === current?.promptId && deck.answerOf[at] === answer,
      );
    const [a, b] = [row(current?.a ?? -1), row(current?.b ?? -1)];
    return a < 0 || b < 0 ? undefined : { a, b, deck };
  }

  async #end(
    member: MemberKey,
    { current: _current, ...record }: CalibrationRecord,
    early: boolean,
    turn: Turn,
  ): Promise<CalibrationEnd> {
    await this.#write(member, record, turn);
    return this.#over(member, record.answered, early);
  }

  async #over(member: MemberKey, answered: number, early: boolean): Promise<CalibrationEnd> {
    const certainty = await this.#certainty(member);
    const agree = membersAgree(this.parts.models.current);
    return { kind: "done", answered, early, agree, certainty };
  }

  async #certainty(member: MemberKey): Promise<number> {
    const userWeights = await this.parts.profiles.userWeights(member);
    const model = this.parts.models.current;
    return userWeights.modelVersion === model.version ? certaintyOfWeights(model, userWeights) : 0;
  }

  #write(
    member: MemberKey,
    record: CalibrationRecord,
    { unchanged, permit }: Turn,
  ): Promise<boolean> {
    const { store } = this.parts;
    const putting = store.calibrations.putting(profileKey(member), record);
    return writeUnchanged(store, [putting], unchanged, permit);
  }

  /** `action` runs again where another process has taken the next step meanwhile. */
  #locked<Result>(
    member: MemberKey,
    action: (record: CalibrationRecord | undefined, turn: Turn) => Promise<Result>,
    needs: Needs = "learning",
  ): Promise<Result> {
    const key = profileKey(member);
    const permit = this.parts.consents.permit(member, needs);
    const attempt = async () => {
      const { value, unchanged } = await this.parts.store.calibrations.read(key);
      return action(value, { permit, unchanged });
    };
    return this.#lock.acquire(key, () => untilUnchanged(attempt));
  }
}
