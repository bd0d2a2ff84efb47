/** The whole loop with nobody at the keyboard: a simulated member, 20 rounds, a retraining, figures. */
import { createRandomGenerator, shuffled } from "../../models/algebra/random.js";
import { indexOfBest } from "../../models/rewards/choice-doubt.js";
import type { RetrainProgress } from "../../workers/requests.js";
import type { Services } from "../compose.js";
import { speakerOf } from "../language/say.js";
import { axisBars, certaintyOf } from "../members/profile-text.js";
import type { Deck, DeckAnswer, DeckPrompt, StyleAxis } from "../shared/deck/deck.js";
import { deleteGuildMembers } from "../store/guild-data.js";
import type { MemberKey } from "../store/records.js";
import { reportText } from "../training/report-text.js";
import { NEIGHBOURS, type NeighbourServices, seatNeighbours, VOTES_EACH } from "./neighbours.js";
import { voteOn } from "./rounds.js";
import {
  AXIS_WORDS,
  answersByText,
  createPopulation,
  hiddenReward,
  simulatedVote,
  type Taste,
  tasteWords,
} from "./simulated-member.js";

const ROUNDS = 20;
const PROFILE_EVERY = 5;
/** Prompts that nobody votes on: the figures come from these. */
const TEST_PROMPTS = 24;
const CANDIDATES = 4;
const SHOWN_AXES = 3;

export interface DemonstrationOptions {
  readonly services: NeighbourServices &
    Pick<Services, "clock" | "replies" | "retraining" | "store">;
  readonly deck: Deck;
  readonly guildId: string;
  readonly seed: number;
  readonly print: (text: string) => void;
}

interface TestCase {
  readonly candidates: readonly DeckAnswer[];
}

/** Plays the demonstration from the beginning; deletes first what an earlier one left. */
export async function demonstrate(options: DemonstrationOptions): Promise<void> {
  const { services, deck, guildId, seed, print } = options;
  const random = createRandomGenerator(seed);
  const member = { guildId, memberId: "1" };
  const population = createPopulation(random);
  const taste = population();
  await deleteGuildMembers(services.store, guildId, services.clock());
  await services.models.restore("starter");
  await services.consents.grant(member);
  await services.consents.setPooled(member, true);
  const prompts = shuffled(deck.prompts, random);
  const tests = prompts.slice(0, TEST_PROMPTS).map((prompt) => testCase(prompt, random));
  const asked = prompts.slice(TEST_PROMPTS);
  const figures = async (when: string) => {
    const { best, reward } = await measure(services, member, taste, tests);
    return `${when.padEnd(34)} ${`${best} of ${tests.length}`.padStart(10)} ${reward.toFixed(2).padStart(6)}`;
  };

  print(introduction(deck, taste));
  await seatNeighbours(services, guildId, asked, population, random);
  const table = [await figures("before the first vote")];
  await playRounds(options, member, taste, asked, random);
  table.push(await figures(`after ${ROUNDS} rounds`));

  print("\nThe scheduled retraining, now, from the votes of everybody:");
  print(reportText(await services.retraining.run(newStages(print)), speakerOf("en")));
  table.push(await figures("after the retraining"));
  print(`\n${await profileOf(services, member)}`);
  print(
    `\nOn ${tests.length} prompts that nobody has voted on, out of ${CANDIDATES} candidates each:`,
  );
  print(`${"".padEnd(34)}   best one hidden`);
  print(`${"".padEnd(34)}     chosen reward`);
  for (const line of table) print(line);
  print(chanceLine(taste, tests));
  print(
    "\nTo talk to it yourself run npm start in a terminal; README.md says how to put it on Discord.",
  );
}

function introduction(deck: Deck, taste: Taste): string {
  return [
    "Attune, demonstration: there is no DISCORD_TOKEN and nobody at the keyboard, so a simulated",
    `member votes, on answers from the bundled deck (${deck.prompts.length} prompts, 8 answers each).`,
    `Its hidden taste, which the engine never sees, the strongest first: ${tasteWords(taste)}.`,
    `${NEIGHBOURS} more, with tastes of their own, have voted ${VOTES_EACH} times each before.`,
    "",
  ].join("\n");
}

async function playRounds(
  { services, deck, print }: DemonstrationOptions,
  member: MemberKey,
  taste: Taste,
  prompts: readonly DeckPrompt[],
  random: () => number,
): Promise<void> {
  const answers = answersByText(deck);
  for (let round = 1; round <= ROUNDS; round++) {
    const { prompt } = prompts[(round - 1) % prompts.length]!;
    const history = [{ role: "member" as const, text: prompt }];
    const reply = await services.replies.reply({ member, history });
    let outcome: string;
    if (reply.kind === "ballot") {
      const [a, b] = reply.draft.candidates.map(({ text }) => answers.get(text)!);
      const choice = simulatedVote(taste, [a!, b!], random);
      await voteOn(services, reply.draft, choice);
      outcome = `A ${relevantStyle(taste, a!)} | B ${relevantStyle(taste, b!)} -> ${choice.toUpperCase()}`;
    } else outcome = `sure enough to answer: ${relevantStyle(taste, answers.get(reply.text)!)}`;
    const certain = certaintyOf(await services.profiles.view(member));
    print(
      `${String(round).padStart(2)}  ${shorten(prompt, 44).padEnd(44)}  ${outcome}  [${certain} % certain]`,
    );
    if (round % PROFILE_EVERY === 0) print(`\n${await profileOf(services, member)}\n`);
  }
}

/** Prints each stage of a retraining when it begins. */
function newStages(print: (text: string) => void): (progress: RetrainProgress) => void {
  const printed = new Set<string>();
  return ({ done, stage }) => {
    if (done < 1 && !printed.has(stage)) print(`  ${stage} ...`);
    printed.add(stage);
  };
}

async function profileOf(services: Pick<Services, "profiles">, member: MemberKey): Promise<string> {
  return axisBars(await services.profiles.view(member), speakerOf("en"));
}

/** How often the chosen answer is (one of) the best by hidden reward, and its mean hidden reward. */
async function measure(
  { compute, models, profiles }: Pick<Services, "compute" | "models" | "profiles">,
  member: MemberKey,
  taste: Taste,
  tests: readonly TestCase[],
): Promise<{ best: number; reward: number }> {
  const userWeights = await profiles.userWeights(member);
  let best = 0;
  let reward = 0;
  for (const { candidates } of tests) {
    const responses = candidates.map((candidate) => candidate.text);
    const scored = await compute.scoreCandidates({ model: models.current, userWeights, responses });
    const hidden = candidates.map((candidate) => hiddenReward(taste, candidate));
    const chosen = hidden[indexOfBest(scored.rewards)]!;
    if (chosen >= Math.max(...hidden) - 1e-9) best++;
    reward += chosen / tests.length;
  }
  return { best, reward };
}

/** What a choice at random would reach. */
function chanceLine(taste: Taste, tests: readonly TestCase[]): string {
  let best = 0;
  let reward = 0;
  for (const { candidates } of tests) {
    const hidden = candidates.map((candidate) => hiddenReward(taste, candidate));
    const highest = Math.max(...hidden);
    best += hidden.filter((value) => value >= highest - 1e-9).length / hidden.length;
    reward += hidden.reduce((sum, value) => sum + value, 0) / hidden.length / tests.length;
  }
  const figure = `${best.toFixed(1)} of ${tests.length}`;
  return `${"(any candidate, at random)".padEnd(34)} ${figure.padStart(10)} ${reward.toFixed(2).padStart(6)}`;
}

function testCase(prompt: DeckPrompt, random: () => number): TestCase {
  return { candidates: shuffled(prompt.answers, random).slice(0, CANDIDATES) };
}

/** The words of an answer's style on the axes that this taste cares about most. */
function relevantStyle(taste: Taste, answer: DeckAnswer): string {
  const axes = (Object.keys(taste) as StyleAxis[])
    .sort((first, second) => Math.abs(taste[second]!) - Math.abs(taste[first]!))
    .slice(0, SHOWN_AXES);
  return axes.map((axis) => AXIS_WORDS[axis][answer.style[axis] > 0 ? 1 : 0]).join(", ");
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
