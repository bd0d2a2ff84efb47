/** What a live run will cost at most, named before its first request. */
import type { OpenAIConfig } from "../../../config.js";
import type { Job } from "./asking.js";
import type { Journal } from "./journal.js";
import { type Plan, writtenJobs } from "./plan.js";
import { CHECKED_VOTES, SHOWN_VOTES } from "./voters.js";
import { LIVE_ARMS } from "./written-arms.js";

const CHARACTERS_A_TOKEN = 4;
/** Of an answer, in tokens: the deck's long ones have about as many. */
const ANSWER = 200;
const VERDICT = 5;
/** Of a judge's question, with the texts that it compares, in tokens. */
const SHOWN_VOTE = 230;
const CONTEST = 500;
const MILLION = 1_000_000;

export interface Budget {
  /** Where the server writes one answer to a request, whatever it is asked for. */
  readonly requests: number;
  /** Where it writes several. */
  readonly requestsAtLeast: number;
  readonly input: number;
  readonly output: number;
  /** In dollars; undefined where no price is set. */
  readonly cost: number | undefined;
}

/** What `plan` still needs beyond what `journal` has. Judges of equal texts are counted, and not asked. */
export function budgetOf(plan: Plan, journal: Journal, prices: OpenAIConfig["prices"]): Budget {
  const open = writtenJobs(plan).flatMap((job) => {
    const texts = journal.of(job.key).reduce((sum, { texts }) => sum + texts.length, 0);
    return texts < job.count ? [{ ...job, count: job.count - texts }] : [];
  });
  const { members, prompts } = plan.options;
  const contests = 2 * (LIVE_ARMS.length - 1) * members * prompts;
  const checks = 2 * members * CHECKED_VOTES;
  const judged = journal.all().filter(({ key }) => /^(?:taste|quality|check) /.test(key)).length;
  const left = Math.max(0, 2 * contests + checks - judged) / (2 * contests + checks);
  const answers = open.reduce((sum, { count }) => sum + count, 0);
  const verdicts = Math.round(left * (2 * contests + checks));
  const input = Math.round(
    open.reduce((sum, job) => sum + job.count * questionTokens(job), 0) +
      left * ((contests + checks) * SHOWN_VOTES * SHOWN_VOTE + (2 * contests + checks) * CONTEST),
  );
  const output = ANSWER * answers + VERDICT * verdicts;
  return {
    requests: answers + verdicts,
    requestsAtLeast: open.length + verdicts,
    input,
    output,
    cost: prices && (input * prices.input + output * prices.output) / MILLION,
  };
}

function questionTokens({ question }: Job): number {
  const turns = question.turns.reduce((sum, { content }) => sum + content.length, 0);
  return (question.instruction.length + turns) / CHARACTERS_A_TOKEN;
}

/** In a sentence or two for whoever pays. */
export function budgetText(budget: Budget, model: string, judge: string): string {
  const { requests, requestsAtLeast, input, output, cost } = budget;
  const thousands = (tokens: number) => `${Math.ceil(tokens / 1_000)},000`;
  return [
    `This run asks ${model}, with ${judge} as its judge: ${requests} requests at most (${requestsAtLeast} where the server writes several answers to one), about ${thousands(input)} tokens in and ${thousands(output)} out.`,
    cost === undefined
      ? "No price is set (OPENAI_INPUT_PRICE, OPENAI_OUTPUT_PRICE), so I can't say what that costs."
      : `At the prices that are set that is about $${cost.toFixed(2)}.`,
  ].join("\n");
}
