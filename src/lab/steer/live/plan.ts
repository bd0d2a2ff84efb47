/**
 * Everything that a live run is about, fixed before the first request: people, prompts, and what is to
 * be written. The same options give the same plan, so that a run can go on after it was ended.
 */

import {
  directiveOf,
  directivesFor,
  type LengthRange,
} from "../../../../models/steering/directives.js";
import { STEERABLE_AXES, type SteerableAxis } from "../../../../models/steering/steerable-axes.js";
import type { Directive, Pole } from "../../../../models/steering/vocabulary.js";
import { conversationTurns } from "../../../conversation/prompting.js";
import { freedomOf } from "../../../conversation/steering/message-form.js";
import { type Neighbourhood, settle } from "../neighbours.js";
import type { Utilities } from "../people.js";
import { deckAnswers, deckPool } from "../pools.js";
import type { Job } from "./asking.js";
import { FACT_QUESTIONS } from "./fact-questions.js";
import { REFUSAL_QUESTIONS } from "./refusal-questions.js";
import { CHECKED_VOTES, createVoter, SHOWN_VOTES, type Voter } from "./voters.js";
import { instructionOf, LIVE_ARMS, type LiveArm } from "./written-arms.js";

/** As in the product. */
const TEMPERATURE = 1;

export interface PlanOptions {
  readonly members: number;
  /** Messages that each of them gets an answer to. */
  readonly prompts: number;
  /** Of each member, before the first answer. */
  readonly votes: number;
  readonly seed: number;
  /** The admin's instruction, as in the product. */
  readonly instruction: string | undefined;
}

export interface Plan extends Neighbourhood {
  readonly options: PlanOptions;
  readonly voters: readonly Voter[];
  /** Prompts that are answered, as numbers of the deck's. */
  readonly answered: readonly number[];
  readonly questionOf: (prompt: number) => string;
  /** The text of a row of the deck. */
  readonly textOf: (row: number) => string;
}

/** What was asked of all axes at once, as for a member of whom nothing is in doubt. */
export interface ExtremeManner {
  readonly name: string;
  readonly directives: readonly Directive[];
}

/** One directive alone, whose effect is measured. */
export interface Dosed {
  readonly prompt: number;
  readonly directive: Directive;
}

/** There are too few prompts for what is wanted. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

/** Draws the people, and lets them vote. Takes seconds. Throws {@link PlanError}. */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const answers = deckAnswers();
  const neighbourhood = await settle(deckPool(), options.seed);
  const { heldOut, pool } = neighbourhood;
  const questionOf = (prompt: number) => answers[pool.rowsOf[prompt]![0]!]!.question;
  const isFree = (prompt: number) =>
    freedomOf([{ role: "member", text: questionOf(prompt) }]) === "form";
  const answered = heldOut.filter(isFree).slice(0, options.prompts);
  const described = heldOut.filter((prompt) => !answered.includes(prompt));
  if (answered.length < options.prompts || described.length < SHOWN_VOTES + CHECKED_VOTES) {
    const most = Math.min(
      heldOut.filter(isFree).length,
      heldOut.length - SHOWN_VOTES - CHECKED_VOTES,
    );
    throw new PlanError(`The deck has room for --prompts ${most} at most.`);
  }
  const people: Utilities[] = Array.from({ length: options.members }, neighbourhood.draw);
  const voters = people.map((utilities, at) =>
    createVoter(
      { ...neighbourhood, described, votes: options.votes, seed: options.seed * 1_000_003 + at },
      utilities,
    ),
  );
  return {
    ...neighbourhood,
    options,
    voters,
    answered,
    questionOf,
    textOf: (row) => answers[row]!.text,
  };
}

/** Under which key an answer of `arm` is; the same for everybody where it has nothing personal. */
export function answerKey({ voters }: Plan, arm: LiveArm, voter: number, prompt: number): string {
  const isPersonal = saidTo(voters[voter]!, arm).length + shownTo(voters[voter]!, arm).length > 0;
  const kind = LIVE_ARMS.find(
    ({ count, directed, withExamples }) => count === arm.count && !directed && !withExamples,
  )!;
  return isPersonal
    ? `answer ${arm.name} ${voter} ${prompt}`
    : `answer ${kind.name} everybody ${prompt}`;
}

function saidTo({ directives }: Voter, { directed }: LiveArm): readonly Directive[] {
  return directed ? directives : [];
}

function shownTo({ examples }: Voter, { withExamples }: LiveArm): readonly number[] {
  return withExamples ? examples : [];
}

/** All that is written, each once. */
export function writtenJobs(plan: Plan): Job[] {
  const jobs = [...armJobs(plan), ...doseJobs(plan), ...checkedJobs(plan)];
  return [...new Map(jobs.map((job) => [job.key, job])).values()];
}

function armJobs(plan: Plan): Job[] {
  return LIVE_ARMS.flatMap((arm) =>
    plan.voters.flatMap((voter, at) =>
      plan.answered.map((prompt) => ({
        key: answerKey(plan, arm, at, prompt),
        count: arm.count,
        question: questionFor(
          plan,
          plan.questionOf(prompt),
          saidTo(voter, arm),
          shownTo(voter, arm).map(plan.textOf),
        ),
      })),
    ),
  );
}

/** Bounds of lengths for whom no vote tells, about the deck's usual answer. */
function anyLengths({ pool }: Plan): LengthRange {
  const sorted = [...pool.words].sort((first, second) => first - second);
  return { usual: sorted[Math.floor(sorted.length / 2)]!, covered: [15, 400], logDeviation: 0.6 };
}

const SIZES = [0.2, 0.5, 1];
const POLES: readonly Pole[] = [-1, 1];

/** Every directive alone, on every answered prompt. */
export function doses(plan: Plan): Dosed[] {
  const lengths = anyLengths(plan);
  return plan.answered.flatMap((prompt) =>
    STEERABLE_AXES.flatMap((axis) =>
      POLES.flatMap((pole) =>
        SIZES.flatMap((size) => {
          const directive = directiveOf(axis, pole, size, lengths);
          return directive === undefined ? [] : [{ prompt, directive }];
        }),
      ),
    ),
  );
}

export function doseKey({ prompt, directive: { axis, pole, dose } }: Dosed): string {
  return `dose ${axis} ${pole * dose} ${prompt}`;
}

function doseJobs(plan: Plan): Job[] {
  return doses(plan).map((dosed) => ({
    key: doseKey(dosed),
    count: 1,
    question: questionFor(plan, plan.questionOf(dosed.prompt), [dosed.directive]),
  }));
}

/** Plain, and what a λ far out in both directions asks for, the strongest wishes first. */
export function extremeManners(plan: Plan): ExtremeManner[] {
  const ordered: readonly (readonly SteerableAxis[])[] = [
    ["length", "formality", "humour"],
    ["length", "warmth", "askingBack"],
  ];
  const manner = (pole: Pole, axes: readonly SteerableAxis[]) =>
    directivesFor(
      axes.map((axis, at) => ({
        axis,
        // Low is short, casual and playful; high is long, warm and asks back.
        mean: (axis === "humour" ? 1 : pole) * (20 - at),
        deviation: 0.1,
        certainty: 1,
      })),
      { votes: 100, lengths: anyLengths(plan) },
    );
  return [
    { name: "plain", directives: [] },
    { name: "short, casual, playful", directives: manner(-1, ordered[0]!) },
    { name: "long, warm, asks back", directives: manner(1, ordered[1]!) },
  ];
}

export function checkedKey(kind: "fact" | "refusal", manner: string, at: number): string {
  return `${kind} ${manner} ${at}`;
}

function checkedJobs(plan: Plan): Job[] {
  const kinds = [
    { kind: "fact" as const, questions: FACT_QUESTIONS.map(({ question }) => question) },
    { kind: "refusal" as const, questions: REFUSAL_QUESTIONS },
  ];
  return extremeManners(plan).flatMap(({ name, directives }) =>
    kinds.flatMap(({ kind, questions }) =>
      questions.map((question, at) => ({
        key: checkedKey(kind, name, at),
        count: 1,
        question: questionFor(plan, question, directives),
      })),
    ),
  );
}

function questionFor(
  { options }: Plan,
  message: string,
  directives: readonly Directive[],
  examples: readonly string[] = [],
): Job["question"] {
  return {
    instruction: instructionOf(options.instruction, directives, examples),
    turns: conversationTurns([{ role: "member", text: message }]),
    temperature: TEMPERATURE,
  };
}
