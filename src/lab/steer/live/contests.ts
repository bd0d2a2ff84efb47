/** Which answers a judge compares, and what came of it. Knows no server. */
import { createHash } from "node:crypto";
import { encodeResponses } from "../../../../models/encoder/encoder.js";
import { scoreFeatures } from "../../../../models/rewards/candidate-scores.js";
import { chooseCandidate } from "../../../../models/rewards/first-choice.js";
import type { Job } from "./asking.js";
import type { Journal } from "./journal.js";
import {
  type Contest,
  inBothOrders,
  qualityQuestion,
  type ToldVote,
  tasteQuestion,
  verdictOf,
} from "./judging.js";
import { answerKey, type Plan } from "./plan.js";
import type { DeckVote } from "./voters.js";
import { LIVE_ARMS, type LiveArm, PLAIN_ARM } from "./written-arms.js";

/** One arm's answer for one person and prompt, against the plain one. */
export interface Trial {
  readonly arm: LiveArm;
  readonly voter: number;
  readonly prompt: number;
  readonly sent: string;
  readonly plain: string;
}

const ORDERS = ["forward", "backward"] as const;

/** All trials with texts on both sides; `lost` counts those without. */
export function trialsOf(plan: Plan, journal: Journal): { trials: Trial[]; lost: number } {
  const trials: Trial[] = [];
  let lost = 0;
  for (const arm of LIVE_ARMS.filter((one) => one !== PLAIN_ARM)) {
    plan.voters.forEach((_, voter) => {
      for (const prompt of plan.answered) {
        const sent = sentBy(plan, journal, arm, voter, prompt);
        const plain = sentBy(plan, journal, PLAIN_ARM, voter, prompt);
        if (sent === undefined || plain === undefined) lost++;
        else trials.push({ arm, voter, prompt, sent, plain });
      }
    });
  }
  return { trials, lost };
}

/** The candidate that the member's weights choose; undefined where none has a text. */
function sentBy(
  plan: Plan,
  journal: Journal,
  arm: LiveArm,
  voter: number,
  prompt: number,
): string | undefined {
  const written = textsUnder(journal, answerKey(plan, arm, voter, prompt));
  if (written.length < 2) return written[0];
  const { userWeights } = plan.voters[voter]!;
  const scored = scoreFeatures(plan.model, userWeights, encodeResponses(written));
  return written[chooseCandidate(scored.baseRewards, scored.rewards, userWeights)];
}

/** The texts that came for a key, without those that did not. */
export function textsUnder(journal: Journal, key: string): string[] {
  return journal
    .of(key)
    .flatMap(({ texts }) => texts)
    .filter((text) => text !== null);
}

/** What the judge is asked, each question once; equal texts are a tie that needs no judge. */
export function judgeJobs(plan: Plan, trials: readonly Trial[]): Job[] {
  const jobs = [
    ...trials
      .filter(({ sent, plain }) => sent !== plain)
      .flatMap((trial) => trialJobs(plan, trial)),
    ...plan.voters.flatMap((voter, at) =>
      voter.checked.flatMap((vote, number) => checkJobs(plan, at, number, vote)),
    ),
  ];
  return [...new Map(jobs.map((job) => [job.key, job])).values()];
}

function trialJobs(plan: Plan, trial: Trial): Job[] {
  const votes = toldVotes(plan, trial.voter);
  return ORDERS.flatMap((order) => {
    const contest = contestOf(
      plan.questionOf(trial.prompt),
      order === "forward" ? [trial.sent, trial.plain] : [trial.plain, trial.sent],
    );
    return [
      { key: tasteKey(trial, order), count: 1, question: tasteQuestion(votes, contest) },
      { key: qualityKey(contest), count: 1, question: qualityQuestion(contest) },
    ];
  });
}

function checkJobs(plan: Plan, voter: number, number: number, vote: DeckVote): Job[] {
  return ORDERS.map((order) => {
    const { prompt, preferred, other } = toldVote(plan, vote);
    const texts =
      order === "forward" ? ([preferred, other] as const) : ([other, preferred] as const);
    return {
      key: checkKey(voter, number, order),
      count: 1,
      question: tasteQuestion(toldVotes(plan, voter), contestOf(prompt, texts)),
    };
  });
}

function contestOf(prompt: string, [first, second]: readonly [string, string]): Contest {
  return { prompt, first, second };
}

function toldVotes(plan: Plan, voter: number): ToldVote[] {
  return plan.voters[voter]!.shown.map((vote) => toldVote(plan, vote));
}

function toldVote({ pool, questionOf, textOf }: Plan, { preferred, other }: DeckVote): ToldVote {
  return {
    prompt: questionOf(pool.promptOf[preferred]!),
    preferred: textOf(preferred),
    other: textOf(other),
  };
}

type Order = (typeof ORDERS)[number];

function tasteKey({ arm, voter, prompt }: Trial, order: Order): string {
  return `taste ${arm.name} ${voter} ${prompt} ${order}`;
}

function checkKey(voter: number, number: number, order: Order): string {
  return `check ${voter} ${number} ${order}`;
}

/** By the texts: several people may get the same ones. */
function qualityKey(contest: Contest): string {
  const hash = createHash("sha256").update(JSON.stringify(contest)).digest("base64url");
  return `quality ${hash.slice(0, 22)}`;
}

/** What the judge said in both orders, for whoever stood first in the first. */
export interface Outcome {
  readonly outcome: 1 | 0 | 0.5;
  /** Whether the two orders name different answers, or one reply names none. */
  readonly turned: boolean;
  readonly unclear: boolean;
}

export function tasteOutcome(journal: Journal, trial: Trial): Outcome {
  return outcomeOf(journal, trial, (order) => tasteKey(trial, order));
}

export function qualityOutcome(plan: Plan, journal: Journal, trial: Trial): Outcome {
  const { prompt, sent, plain } = trial;
  const question = plan.questionOf(prompt);
  return outcomeOf(journal, trial, (order) =>
    qualityKey(contestOf(question, order === "forward" ? [sent, plain] : [plain, sent])),
  );
}

/** Of a held-out vote: 1 where the judge prefers what the person preferred. */
export function checkOutcome(journal: Journal, voter: number, number: number): Outcome {
  return readOutcome(journal, (order) => checkKey(voter, number, order));
}

function outcomeOf(
  journal: Journal,
  { sent, plain }: Trial,
  keyOf: (order: Order) => string,
): Outcome {
  if (sent === plain) return { outcome: 0.5, turned: false, unclear: false };
  return readOutcome(journal, keyOf);
}

function readOutcome(journal: Journal, keyOf: (order: Order) => string): Outcome {
  const [forward, backward] = ORDERS.map((order) =>
    verdictOf(textsUnder(journal, keyOf(order))[0]),
  );
  const unclear = forward === undefined || backward === undefined;
  const turned = !unclear && forward === backward && forward !== 0.5;
  return { outcome: inBothOrders(forward, backward), turned, unclear };
}
