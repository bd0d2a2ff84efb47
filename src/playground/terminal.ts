/** The playground for a person: type a message, press a key for the better answer. */
import { createRandomGenerator } from "../../models/random.js";
import type { Deck } from "../chat/deck.js";
import { GenerationFailedError } from "../chat/generation-error.js";
import { boundHistory, type ConversationTurn } from "../chat/history.js";
import { axisBars, profileText } from "../profiles/profile-text.js";
import type { Services } from "../services.js";
import type { Choice, MemberKey } from "../storage/records.js";
import { progressText, refusalText, reportText } from "../training/report-text.js";
import { TooFewMembersError } from "../training/retraining.js";
import type { BallotDraft } from "../voting/ballots.js";
import { chosenAnswer } from "../voting/chosen-answer.js";
import type { Keyboard } from "./keyboard.js";
import { NEIGHBOURS, seatNeighbours } from "./neighbours.js";
import { voteOn } from "./rounds.js";
import type { Screen } from "./screen.js";
import { sideBySide } from "./side-by-side.js";
import { createPopulation } from "./simulated-member.js";

const HISTORY_LIMITS = { maximumTurns: 12, maximumCharacters: 12_000 };
const KEYS: Readonly<Record<string, Choice | "skip">> = {
  a: "a",
  b: "b",
  t: "tie",
  n: "neither",
  s: "skip",
};

export interface TerminalOptions {
  readonly services: Services;
  readonly deck: Deck;
  readonly guildId: string;
  readonly usesDeck: boolean;
  readonly keyboard: Keyboard;
  readonly screen: Screen;
}

/** Whether the conversation goes on; false where the input has ended. */
type GoesOn = boolean;

/** Talks with the person at the terminal until `/quit`, Ctrl-C or the end of input. */
export async function runTerminal(options: TerminalOptions): Promise<void> {
  const history: ConversationTurn[] = [];
  options.screen.print(greeting(options.usesDeck));
  for (;;) {
    const line = (await options.keyboard.readLine("\nyou> "))?.trim();
    if (line === undefined || line === "/quit") return;
    if (!(await respond(line, history, options))) return;
  }
}

function greeting(usesDeck: boolean): string {
  const lines = [
    "Attune's playground. Write a message; where two answers come, press",
    "a, b, t (tie), n (neither) or s (skip).",
    "",
    "  /profile         what it has learned about you",
    "  /profile reset   delete that",
    "  /retrain         learn from all votes",
    "  /quit            end",
  ];
  if (usesDeck) {
    lines.push(
      "",
      "Demonstration: no language model is set up (OPENAI_API_KEY or",
      "OPENAI_BASE_URL), so your text is matched to the nearest prompt of the",
      "bundled deck, and the answers come from there.",
    );
  }
  return lines.join("\n");
}

async function respond(
  line: string,
  history: ConversationTurn[],
  options: TerminalOptions,
): Promise<GoesOn> {
  const { services, screen } = options;
  const member = { guildId: options.guildId, memberId: "1" };
  if (line === "/profile reset") return reset(member, options);
  if (line !== "" && !line.startsWith("/")) return converse(line, member, history, options);
  if (line === "/profile") screen.print(await profile(services, member));
  else if (line === "/retrain") await retrain(options);
  else if (line !== "") screen.print("Commands: /profile, /profile reset, /retrain, /quit.");
  return true;
}

async function profile(services: Services, member: MemberKey): Promise<string> {
  const view = await services.profiles.view(member);
  return `${profileText(view)}\n\n${axisBars(view)}`;
}

async function reset(
  member: MemberKey,
  { services, keyboard, screen }: TerminalOptions,
): Promise<GoesOn> {
  const sure = await keyboard.pressKey("Delete your weights and votes? (y/n) ", ["y", "n"]);
  if (sure === "y") {
    const votes = await services.profiles.reset(member);
    screen.print(`Deleted: your weights and ${votes === 1 ? "1 vote" : `${votes} votes`}.`);
  } else screen.print("Nothing was deleted.");
  return sure !== undefined;
}

async function retrain({ services, deck, guildId, screen }: TerminalOptions): Promise<void> {
  const run = () => services.retraining.run((update) => screen.update(progressText(update)));
  try {
    screen.print(reportText(await run()));
  } catch (error) {
    const refusal = refusalText(error);
    if (refusal === undefined) throw error;
    screen.print(refusal);
    if (!(error instanceof TooFewMembersError)) return;
    screen.print(`Here ${NEIGHBOURS} simulated members now vote on the deck beside you ...`);
    const random = createRandomGenerator(1);
    await seatNeighbours(services, guildId, deck.prompts, createPopulation(random), random);
    screen.print(reportText(await run()));
  }
}

async function converse(
  text: string,
  member: MemberKey,
  history: ConversationTurn[],
  options: TerminalOptions,
): Promise<GoesOn> {
  const { services, screen } = options;
  history.push({ role: "member", text });
  try {
    const reply = await services.replies.reply({
      member,
      history: boundHistory(history, HISTORY_LIMITS),
    });
    if (reply.demonstration !== undefined)
      screen.print(`(nearest prompt of the deck: “${reply.demonstration}”)`);
    const answer = reply.kind === "answer" ? reply.text : await ask(reply.draft, options);
    if (answer === undefined) return false;
    screen.print(`\nattune> ${answer}`);
    history.push({ role: "bot", text: answer });
  } catch (error) {
    history.pop();
    if (!(error instanceof GenerationFailedError)) throw error;
    screen.print(error.memberSentence);
  }
  return true;
}

/** The answer that the person chose, or undefined where the input has ended. */
async function ask(
  draft: BallotDraft,
  { services, keyboard, screen }: TerminalOptions,
): Promise<string | undefined> {
  const [a, b] = draft.candidates;
  screen.print(sideBySide(a.text, b.text, screen.columns));
  const key = await keyboard.pressKey("a, b, t (tie), n (neither), s (skip): ", Object.keys(KEYS));
  const choice = key === undefined ? undefined : KEYS[key];
  if (choice === undefined) return undefined;
  if (choice === "skip") return a.text;
  await voteOn(services, draft, choice);
  return chosenAnswer(draft, choice);
}
