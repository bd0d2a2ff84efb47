/** The figures of a live run, from its journal. Asks nothing. */
import { createRandomGenerator, type RandomGenerator } from "../../../../models/algebra/random.js";
import { encodeResponses } from "../../../../models/encoder/encoder.js";
import { tokenise } from "../../../../models/encoder/tokenise.js";
import {
  type DoseResponse,
  doseResponse,
  emptyDoseTable,
  withCandidate,
} from "../../../../models/steering/dose-response.js";
import { STEERABLE_AXES, type SteerableAxis } from "../../../../models/steering/steerable-axes.js";
import { realisedResponses } from "../../../conversation/steering/realised-responses.js";
import { bootstrap, type Interval, meanOf } from "./bootstrap.js";
import {
  checkOutcome,
  type Outcome,
  qualityOutcome,
  type Trial,
  tasteOutcome,
  textsUnder,
  trialsOf,
} from "./contests.js";
import { FACT_QUESTIONS, isRight } from "./fact-questions.js";
import type { Journal } from "./journal.js";
import { winAtEqualLength } from "./length-controlled.js";
import { answerKey, checkedKey, doseKey, doses, extremeManners, type Plan } from "./plan.js";
import { isRefusal, REFUSAL_QUESTIONS } from "./refusal-questions.js";
import { LIVE_ARMS, type LiveArm } from "./written-arms.js";

export const CLAIM =
  "A simulated judge stands for simulated people here: these figures support claims about groups only, never about what any one member likes.";

export interface LiveReport {
  readonly claim: string;
  readonly members: number;
  readonly prompts: number;
  readonly votes: number;
  /** Standard deviations of each axis for one step of dose. Needs no judge. */
  readonly manipulation: Readonly<Record<SteerableAxis, DoseResponse>>;
  readonly arms: readonly LiveArmFigures[];
  readonly judge: JudgeFigures;
  readonly facts: readonly CheckedFigures[];
  readonly refusals: readonly CheckedFigures[];
  /** Trials without a text on one side, and requests that the server turned down. */
  readonly lost: number;
  readonly failed: number;
  readonly spent: { readonly requests: number; readonly input: number; readonly output: number };
}

/** Shares of trials won against the plain answer, ties as half. */
export interface LiveArmFigures {
  readonly arm: string;
  readonly preferred?: Interval;
  readonly quality?: Interval;
  readonly qualityAtEqualLength?: Interval;
  /** Means of an answer. */
  readonly words: number;
  readonly requests: number;
  readonly tokens: number;
  readonly milliseconds: number;
}

export interface JudgeFigures {
  /** How often it prefers what the person preferred in a held-out vote. */
  readonly agreement: Interval;
  /** How often the order alone decides, and how often a reply names no answer. */
  readonly turned: number;
  readonly unclear: number;
}

export interface CheckedFigures {
  readonly manner: string;
  /** Answers that are right, or requests that were turned down, as a share. */
  readonly share: Interval;
  /** Minus that of plain answers, paired by question. */
  readonly overPlain: Interval;
}

export function reportOf(plan: Plan, journal: Journal): LiveReport {
  const { members, prompts, votes, seed } = plan.options;
  const random = createRandomGenerator(seed);
  const { trials, lost } = trialsOf(plan, journal);
  const entries = journal.all();
  const sum = (figure: (entry: (typeof entries)[number]) => number) =>
    entries.reduce((all, entry) => all + figure(entry), 0);
  return {
    claim: CLAIM,
    members,
    prompts,
    votes,
    manipulation: manipulationOf(plan, journal),
    arms: LIVE_ARMS.map((arm) => armFigures(plan, journal, arm, trials, random)),
    judge: judgeFigures(plan, journal, trials, random),
    facts: checked(plan, random, FACT_QUESTIONS.length, (manner, at) => {
      const [answer] = textsUnder(journal, checkedKey("fact", manner, at));
      return answer !== undefined && isRight(FACT_QUESTIONS[at]!, answer);
    }),
    refusals: checked(plan, random, REFUSAL_QUESTIONS.length, (manner, at) =>
      isRefusal(textsUnder(journal, checkedKey("refusal", manner, at))[0]),
    ),
    lost,
    failed: entries.filter(({ failed }) => failed !== undefined).length,
    spent: {
      requests: entries.length,
      input: sum(({ input }) => input),
      output: sum(({ output }) => output),
    },
  };
}

/** Each directive's answer against all plain ones to the same prompt. */
function manipulationOf(plan: Plan, journal: Journal): LiveReport["manipulation"] {
  let table = emptyDoseTable();
  for (const dosed of doses(plan)) {
    const [answer] = textsUnder(journal, doseKey(dosed));
    const plain = LIVE_ARMS.filter((arm) => !arm.directed && !arm.withExamples).flatMap((arm) =>
      textsUnder(journal, answerKey(plan, arm, 0, dosed.prompt)),
    );
    if (answer === undefined || plain.length === 0) continue;
    const features = encodeResponses([answer, ...plain]);
    const slots = [
      { kind: "exploit" as const, directives: [dosed.directive] },
      ...plain.map(() => ({ kind: "plain" as const, directives: [] })),
    ];
    const responses = realisedResponses(plan.gains, features, plan.pool.dimensions, slots);
    for (const { directives, response } of responses) {
      table = withCandidate(table, directives, response);
    }
  }
  return Object.fromEntries(
    STEERABLE_AXES.map((axis) => [axis, doseResponse(table[axis])]),
  ) as LiveReport["manipulation"];
}

function armFigures(
  plan: Plan,
  journal: Journal,
  arm: LiveArm,
  trials: readonly Trial[],
  random: RandomGenerator,
): LiveArmFigures {
  const own = trials.filter((trial) => trial.arm === arm);
  const byVoter = plan.voters.map((_, voter) => own.filter((trial) => trial.voter === voter));
  const shares = (outcome: (trial: Trial) => Outcome) =>
    bootstrap(
      byVoter.map((group) => group.map((trial) => outcome(trial).outcome)),
      meanOf,
      random,
    );
  const quality = (trial: Trial) => qualityOutcome(plan, journal, trial);
  const atLength = byVoter.map((group) =>
    group.map((trial) => ({
      outcome: quality(trial).outcome,
      logRatio: Math.log(wordsIn(trial.sent) / wordsIn(trial.plain)),
    })),
  );
  const cost = costOf(plan, journal, arm);
  if (own.length === 0) return { arm: arm.name, ...cost };
  return {
    arm: arm.name,
    preferred: shares((trial) => tasteOutcome(journal, trial)),
    quality: shares(quality),
    qualityAtEqualLength: bootstrap(
      atLength,
      (groups) => winAtEqualLength(groups.flat()),
      random,
      200,
    ),
    ...cost,
  };
}

/** What one answer takes; requests that are sent together are waited for together. */
function costOf(plan: Plan, journal: Journal, arm: LiveArm) {
  const answers = plan.voters.flatMap((_, voter) =>
    plan.answered.map((prompt) => journal.of(answerKey(plan, arm, voter, prompt))),
  );
  const mean = (figure: (entries: (typeof answers)[number]) => number) =>
    answers.reduce((sum, entries) => sum + figure(entries), 0) / answers.length;
  return {
    words: mean((entries) => {
      const texts = entries.flatMap(({ texts }) => texts).filter((text) => text !== null);
      return texts.reduce((sum, text) => sum + wordsIn(text), 0) / Math.max(1, texts.length);
    }),
    requests: mean((entries) => entries.length),
    tokens: mean((entries) => entries.reduce((sum, { input, output }) => sum + input + output, 0)),
    milliseconds: mean((entries) => {
      const slowest = new Map<number, number>();
      for (const { batch, milliseconds } of entries) {
        slowest.set(batch, Math.max(milliseconds, slowest.get(batch) ?? 0));
      }
      return [...slowest.values()].reduce((sum, one) => sum + one, 0);
    }),
  };
}

function judgeFigures(
  plan: Plan,
  journal: Journal,
  trials: readonly Trial[],
  random: RandomGenerator,
): JudgeFigures {
  const checks = plan.voters.map((voter, at) =>
    voter.checked.map((_, number) => checkOutcome(journal, at, number)),
  );
  const all = [...checks.flat(), ...trials.map((trial) => tasteOutcome(journal, trial))];
  const share = (is: (outcome: Outcome) => boolean) =>
    all.filter(is).length / Math.max(1, all.length);
  return {
    agreement: bootstrap(
      checks.map((group) => group.map(({ outcome }) => outcome)),
      meanOf,
      random,
    ),
    turned: share(({ turned }) => turned),
    unclear: share(({ unclear }) => unclear),
  };
}

function checked(
  plan: Plan,
  random: RandomGenerator,
  questions: number,
  passes: (manner: string, at: number) => boolean,
): CheckedFigures[] {
  const [plain, ...others] = extremeManners(plan).map(({ name }) => ({
    name,
    passed: Array.from({ length: questions }, (_, at) => (passes(name, at) ? 1 : 0)),
  }));
  return [plain!, ...others].map(({ name, passed }) => ({
    manner: name,
    share: bootstrap(
      passed.map((one) => [one]),
      meanOf,
      random,
    ),
    overPlain: bootstrap(
      passed.map((one, at) => [one - plain!.passed[at]!]),
      meanOf,
      random,
    ),
  }));
}

function wordsIn(text: string): number {
  return Math.max(1, tokenise(text).words);
}
