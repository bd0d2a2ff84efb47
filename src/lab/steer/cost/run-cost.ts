/** Members from their first message on, through the product's own services: what each answer takes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandomGenerator, shuffled } from "../../../../models/algebra/random.js";
import { createServices, type Services } from "../../../compose.js";
import { readConfig } from "../../../config.js";
import { createLog } from "../../../observability/create-log.js";
import { voteOn } from "../../../playground/rounds.js";
import {
  answersByText,
  createPopulation,
  simulatedVote,
  type Taste,
} from "../../../playground/simulated-member.js";
import { type Deck, loadDeck } from "../../../shared/deck/deck.js";
import { DEMONSTRATION_GUILD } from "../../../store/ids.js";
import { type Pace, type PacedModel, startPacedModel } from "./paced-model.js";

/** Where a member stands when they write; the first one asks for a plain answer, the last one for fast ones. */
export const STAGES = [
  "plain answer",
  "new member",
  "learning",
  "settled",
  "fast answers",
] as const;
export type Stage = (typeof STAGES)[number];

/** Settled is whoever has voted so often. */
const SETTLED_VOTES = 20;
const MESSAGES = { plain: 3, unknown: 3, known: 34, fast: 6 };
const SLOW = MESSAGES.plain + MESSAGES.unknown + MESSAGES.known;
const ALL = SLOW + MESSAGES.fast;
const MARK = /\s\((\w+)\)$/;

/** One answer. */
export interface Answered {
  readonly stage: Stage;
  readonly requests: number;
  readonly input: number;
  readonly output: number;
  readonly milliseconds: number;
  /** Until the first words may be shown; all of it where it comes whole. Discord's own pace comes on top. */
  readonly firstMilliseconds: number;
}

export interface CostOptions {
  readonly members: number;
  readonly seed: number;
  readonly pace: Pace;
  readonly onProgress?: (done: number, stage: string) => void;
}

/** Every answer that every member got. Members write side by side, each one message after the other. */
export async function runCost(options: CostOptions): Promise<Answered[]> {
  const deck = withPlainPrompts(loadDeck());
  const promptOf = (message: string) => message.replace(MARK, "");
  const model = await startPacedModel(deck, promptOf, options.pace);
  const folder = mkdtempSync(join(tmpdir(), "attune-cost-"));
  const services = await createServices({
    config: readConfig(settings(model, folder, options.seed)),
    scope: { name: "demonstration", accepts: () => true },
    clock: Date.now,
    log: createLog({ logLevel: "warn" }),
  });
  try {
    const draw = createPopulation(createRandomGenerator(options.seed));
    const total = options.members * ALL;
    let answered = 0;
    const onAnswer = () => options.onProgress?.(++answered / total, "members write");
    const lives = Array.from({ length: options.members }, (_, member) =>
      live({ services, model, deck, taste: draw(), member, seed: options.seed, onAnswer }),
    );
    return (await Promise.all(lives)).flat();
  } finally {
    await services.close();
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Code and calculation are steered in their length alone. */
function withPlainPrompts(deck: Deck): Deck {
  return { ...deck, prompts: deck.prompts.filter(({ kind }) => kind !== "code") };
}

function settings({ baseUrl }: PacedModel, folder: string, seed: number): NodeJS.ProcessEnv {
  return {
    STORE_URL: `sqlite://${join(folder, "attune.sqlite")}`,
    OPENAI_BASE_URL: baseUrl,
    SEED: String(seed),
    // Every message may ask: a member's first weeks in a minute.
    QUESTIONS_PER_DAY: "1000",
    QUESTION_GAP: "0",
    BALLOTS_PER_DAY: "off",
    TOKENS_PER_DAY: "off",
  };
}

interface Life {
  readonly services: Services;
  readonly model: PacedModel;
  readonly deck: Deck;
  readonly taste: Taste;
  readonly member: number;
  readonly seed: number;
  readonly onAnswer: () => void;
}

async function live(life: Life): Promise<Answered[]> {
  const { services, deck, taste, member, seed } = life;
  const key = { guildId: DEMONSTRATION_GUILD, memberId: String(member + 1) };
  const random = createRandomGenerator(seed * 1_000_003 + member);
  const prompts = shuffled(deck.prompts, random);
  const texts = answersByText(deck);
  const answered: Answered[] = [];
  let votes = 0;
  for (let at = 0; at < ALL; at++) {
    if (at === MESSAGES.plain + MESSAGES.unknown) await services.consents.grant(key);
    if (at === SLOW) await services.consents.setFast(key, true);
    const stage = stageOf(at, votes);
    const message = `${prompts[at % prompts.length]!.prompt} (${markOf(member, at)})`;
    const begun = performance.now();
    const history = [{ role: "member" as const, text: message }];
    let first: number | undefined;
    const reply = await services.replies.reply({
      member: key,
      history,
      plain: stage === "plain answer",
      onProgress: (shown) => {
        if (first === undefined && shown() !== "") first = performance.now() - begun;
      },
    });
    const milliseconds = performance.now() - begun;
    const firstMilliseconds = first ?? milliseconds;
    answered.push({ stage, ...life.model.taken.get(message)!, milliseconds, firstMilliseconds });
    life.onAnswer();
    if (reply.kind !== "ballot") continue;
    const [a, b] = reply.draft.candidates.map((one) => texts.get(one.text));
    if (a === undefined || b === undefined) continue;
    await voteOn(services, reply.draft, simulatedVote(taste, [a, b], random));
    votes++;
  }
  return answered;
}

function stageOf(message: number, votes: number): Stage {
  if (message >= SLOW) return "fast answers";
  if (message < MESSAGES.plain) return "plain answer";
  if (message < MESSAGES.plain + MESSAGES.unknown) return "new member";
  return votes < SETTLED_VOTES ? "learning" : "settled";
}

/** Letters alone: a number would make the message a calculation. */
function markOf(member: number, message: number): string {
  const letters = (value: number) =>
    [...String(value)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
  return `m${letters(member)}x${letters(message)}`;
}
