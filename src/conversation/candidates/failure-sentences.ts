/** What a member is told where there is no answer: one short sentence for each kind of failure. */
import { relativeTime } from "../../shared/time.js";

/** Why there is no candidate. */
export type GenerationFailure =
  | "timeout"
  | "rateLimited"
  | "quota"
  | "badKey"
  /** The provider serves no bot of this account, or not from here. */
  | "noAccess"
  /** Nothing that speaks OpenAI's chat completions is at the configured address. */
  | "badAddress"
  | "unknownModel"
  | "forbidden"
  | "filtered"
  | "refused"
  | "tooLong"
  | "tooLarge"
  | "empty"
  | "abandoned"
  | "limit"
  /** There is no language model, and the deck has nothing near. */
  | "notInDeck"
  | "unavailable";

const TELL_ADMIN = "please tell an admin of this server";
const LATER = "please try again in a few minutes";
const DIFFERENTLY = "please put it differently";

/** What is wrong, and what the member can do where no time is known. */
const MEMBER_WORDS: Readonly<Record<GenerationFailure, readonly [string, string]>> = {
  timeout: [
    "The language model took too long this time",
    "please try again, perhaps with a shorter question",
  ],
  rateLimited: ["Too many questions at once for the language model", LATER],
  quota: ["The language model's budget is used up for now", TELL_ADMIN],
  badKey: ["The language model refuses my key", TELL_ADMIN],
  noAccess: ["The language model is closed to me", TELL_ADMIN],
  badAddress: ["The language model is not where I look for it", TELL_ADMIN],
  unknownModel: ["The language model that I am set up for does not exist", TELL_ADMIN],
  forbidden: ["The language model does not let me answer that", DIFFERENTLY],
  filtered: ["The language model declined to answer that", DIFFERENTLY],
  refused: ["The language model can't work with that message", DIFFERENTLY],
  tooLong: ["This is too long for the language model", "please start anew with a shorter question"],
  tooLarge: ["The language model's answer was far too long", "please ask for something shorter"],
  empty: ["The language model had nothing to say", "please try again"],
  abandoned: ["I had to stop before I could answer", LATER],
  notInDeck: [
    "I have no language model here, and nothing in my collection is near that",
    "please ask me something that I have an answer to",
  ],
  limit: ["That is too much for now", LATER],
  unavailable: ["I can't reach the language model right now", LATER],
};

/** Every kind of failure. */
export const GENERATION_FAILURES: readonly string[] = Object.keys(MEMBER_WORDS);

/** Failures that pass with time: the member is told when, where that is known. */
const PASSING: ReadonlySet<GenerationFailure> = new Set(["timeout", "rateLimited", "unavailable"]);

/** What is wrong, and what the member can do; from when another try makes sense, where that is known. */
export function failureSentence(kind: GenerationFailure, retryAt?: number): string {
  const [what, advice] = MEMBER_WORDS[kind];
  if (retryAt === undefined || !PASSING.has(kind)) return `${what}: ${advice}.`;
  return `${what}: please try again ${relativeTime(retryAt)}.`;
}
