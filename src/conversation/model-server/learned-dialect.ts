/**
 * What one server takes, learned from its refusals and remembered as long as the process lives. What
 * a refusal names is left out, and learned once that is answered. Where it names nothing, a question
 * that nobody could take amiss finds out, so that no member's message teaches anything wrong.
 */
import {
  type ChatQuestion,
  common,
  type Dialect,
  fewerFeatures,
  hasPictures,
  outputOf,
  uses,
  without,
} from "./dialect.js";
import { failureOf, serverErrorOf } from "./failure-of.js";
import {
  FEATURES,
  type Feature,
  fieldsNamed,
  largestOutputNamed,
  mayRefuseFields,
} from "./refusal-fields.js";
import type { ServerError } from "./server-error.js";

/** After a search that found nothing: what is wrong then is not what is sent. */
const SEARCH_PAUSE_MS = 10 * 60_000;
/** Of the harmless question's answer, in tokens. */
const PLAIN_OUTPUT = 64;

/** A question to which any server has an answer, with everything in it that may be refused. */
export const PLAIN_QUESTION: ChatQuestion = {
  instruction: "You are a helpful companion. Answer in one word.",
  turns: [{ role: "user", content: "Hello!" }],
  mostOutput: PLAIN_OUTPUT,
};

/** One colour, 64 by 64: some servers take none that is smaller. */
const PLAIN_PICTURE =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsEtnMDMZ0Ai+hcEKLNXzWgQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQELgvkTsFagzOGjAAAAABJRU5ErkJggg==";

/** Resolves when `question` in `dialect` is answered; rejects as the client does. */
export type Ask = (question: ChatQuestion, dialect: Dialect) => Promise<unknown>;

export class LearnedDialect {
  #current: Dialect;
  /** What was part of a request that was answered: an unnamed refusal is not about that. */
  readonly #proven = new Set<Feature>();
  #search: Promise<void> | undefined;
  #searchesFrom = 0;

  /** `ask` is for the harmless question; `first` is what is tried first. */
  constructor(
    first: Dialect,
    private readonly ask: Ask,
  ) {
    this.#current = first;
  }

  get current(): Dialect {
    return this.#current;
  }

  /** `question` was answered in `dialect`. */
  proves(question: ChatQuestion, dialect: Dialect): void {
    this.#current = common(this.#current, dialect);
    for (const feature of FEATURES) {
      if (uses(dialect, question, feature)) this.#proven.add(feature);
    }
  }

  /** `n` is taken, and one answer comes all the same. */
  ignoresCount(): void {
    this.#current = without(this.#current, "count");
  }

  /** How to ask again after `error`; undefined where nothing else would help. */
  async after(
    error: unknown,
    question: ChatQuestion,
    dialect: Dialect,
  ): Promise<Dialect | undefined> {
    const told = serverErrorOf(error);
    if (told === undefined || !mayRefuseFields(told.status)) return undefined;
    if (!["refused", "unavailable", "unknownModel"].includes(failureOf(error))) return undefined;
    const named = withoutNamed(told, question, dialect);
    if (named !== undefined) return named;
    return failureOf(error) === "unknownModel" || isAboutMessages(told)
      ? undefined
      : this.#afterUnnamed(question, dialect);
  }

  async #afterUnnamed(question: ChatQuestion, dialect: Dialect): Promise<Dialect | undefined> {
    const used = FEATURES.filter((feature) => uses(dialect, question, feature));
    if (used.some((feature) => !this.#proven.has(feature))) await this.#searchOnce(question);
    const known = common(dialect, this.#current);
    const isNews = used.some((feature) => !uses(known, question, feature));
    return isNews || known.outputBounds.length < dialect.outputBounds.length ? known : undefined;
  }

  /** One search at a time, for all who wait for it. */
  async #searchOnce(question: ChatQuestion): Promise<void> {
    if (this.#search === undefined && Date.now() < this.#searchesFrom) return;
    this.#search ??= this.#findOut(question).finally(() => {
      this.#search = undefined;
    });
    await this.#search;
  }

  /** At most nine requests. */
  async #findOut(question: ChatQuestion): Promise<void> {
    const { count, stream, temperature } = question;
    const [turn] = PLAIN_QUESTION.turns;
    const plain = {
      ...PLAIN_QUESTION,
      ...(hasPictures(question) && { turns: [{ ...turn!, pictures: [PLAIN_PICTURE] }] }),
      ...(count !== undefined && { count: Math.min(count, 2) }),
      ...(temperature !== undefined && { temperature }),
      ...(stream !== undefined && { stream }),
    };
    const dialects = [this.#current, ...fewerFeatures(this.#current, plain)];
    for (const dialect of dialects) {
      try {
        await this.ask(plain, dialect);
        return this.proves(plain, dialect);
      } catch (error) {
        const told = serverErrorOf(error);
        if (told === undefined || !mayRefuseFields(told.status)) break;
      }
    }
    this.#searchesFrom = Date.now() + SEARCH_PAUSE_MS;
  }
}

/** Without the first part of the request that `told` names. */
function withoutNamed(
  told: ServerError,
  question: ChatQuestion,
  dialect: Dialect,
): Dialect | undefined {
  const feature = fieldsNamed(told).find((named) => uses(dialect, question, named));
  if (feature !== "outputBound") return feature && without(dialect, feature);
  const asked = outputOf(dialect, question);
  const largest = largestOutputNamed(told.message, asked);
  if (largest === undefined) return without(dialect, feature);
  return largest < SMALLEST_OUTPUT ? undefined : { ...dialect, largestOutput: largest };
}

/** Less makes no answer. */
const SMALLEST_OUTPUT = 64;

function isAboutMessages({ param }: ServerError): boolean {
  return /^messages\b/i.test(param ?? "");
}
