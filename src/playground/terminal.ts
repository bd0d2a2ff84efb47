/** The playground for a person: type a message, press a key for the better answer. */
import { createRandomGenerator } from "../../models/random.js";
import type { Deck } from "../chat/deck.js";
import { GenerationFailedError } from "../chat/generation-error.js";
import { boundHistory, type ConversationTurn, HISTORY_LIMITS } from "../chat/history.js";
import { axisBars, profileText } from "../profiles/profile-text.js";
import type { Services } from "../services.js";
import type { Choice, MemberKey } from "../storage/records.js";
import { progressText, refusalText, reportText } from "../training/report-text.js";
import { TooFewMembersError } from "../training/retraining.js";
import type { BallotDraft } from "../voting/ballots.js";
import { chosenAnswer } from "../voting/chosen-answer.js";
import { pressKey, readLine } from "./keyboard.js";
import { NEIGHBOURS, seatNeighbours } from "./neighbours.js";
import { voteOn } from "./rounds.js";
import { sideBySide } from "./side-by-side.js";
import { createPopulation } from "./simulated-member.js";

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
  readonly print: (text: string) => void;
}

/** Talks with the person at the terminal until `/quit`, Ctrl-C or the end of input. */
export async function runTerminal(options: TerminalOptions): Promise<void> {
  const history: ConversationTurn[] = [];
  options.print(greeting(options.usesDeck));
  for (;;) {
    const line = (await readLine("\nyou> "))?.trim();
    if (line === undefined || line === "/quit") return;
    await respond(line, history, options);
  }
}

function greeting(usesDeck: boolean): string {
  const lines = [
    "Attune's playground. Write a message; where two answers come, press a, b, t (tie), n (neither) or s (skip).",
    "/profile shows what it has learned about you, /profile reset deletes it, /retrain learns from all votes, /quit ends.",
  ];
  if (usesDeck) {
    lines.push(
      "Demonstration: no language model is set up (OPENAI_API_KEY or OPENAI_BASE_URL), so your text is matched",
      "to the nearest prompt of the bundled deck, and the answers come from there.",
    );
  }
  return lines.join("\n");
}

async function respond(
  line: string,
  history: ConversationTurn[],
  options: TerminalOptions,
): Promise<void> {
  const { services, print } = options;
  const member = { guildId: options.guildId, memberId: "1" };
  if (line === "") return;
  if (line === "/profile") print(await profile(services, member));
  else if (line === "/profile reset") await reset(services, member, print);
  else if (line === "/retrain") await retrain(options);
  else if (line.startsWith("/")) print("Commands: /profile, /profile reset, /retrain, /quit.");
  else await converse(line, member, history, options);
}

async function profile(services: Services, member: MemberKey): Promise<string> {
  const view = await services.profiles.view(member);
  return `${profileText(view)}\n\n${axisBars(view)}`;
}

async function reset(
  services: Services,
  member: MemberKey,
  print: (text: string) => void,
): Promise<void> {
  const sure = await pressKey("Delete your weights and votes? (y/n) ", ["y", "n"]);
  if (sure !== "y") return print("Nothing was deleted.");
  print(`Deleted: your weights and ${await services.profiles.reset(member)} votes.`);
}

async function retrain({ services, deck, guildId, print }: TerminalOptions): Promise<void> {
  const progress = (update: Parameters<typeof progressText>[0]) =>
    void process.stdout.write(`\r${progressText(update).padEnd(78)}`);
  const run = async () => print(`\n${reportText(await services.retraining.run(progress))}`);
  try {
    await run();
  } catch (error) {
    if (refusalText(error) === undefined) throw error;
    print(`\n${refusalText(error)}`);
    if (!(error instanceof TooFewMembersError)) return;
    print(`For the playground ${NEIGHBOURS} simulated members now vote on the deck beside you ...`);
    const random = createRandomGenerator(1);
    await seatNeighbours(services, guildId, deck.prompts, createPopulation(random), random);
    await run();
  }
}

async function converse(
  text: string,
  member: MemberKey,
  history: ConversationTurn[],
  { services, print }: TerminalOptions,
): Promise<void> {
  history.push({ role: "member", text });
  try {
    const reply = await services.replies.reply({
      member,
      history: boundHistory(history, HISTORY_LIMITS),
    });
    if (reply.demonstration !== undefined)
      print(`(nearest prompt of the deck: “${reply.demonstration}”)`);
    const answer = reply.kind === "answer" ? reply.text : await ask(reply.draft, services, print);
    print(`\nattune> ${answer}`);
    history.push({ role: "bot", text: answer });
  } catch (error) {
    history.pop();
    if (!(error instanceof GenerationFailedError)) throw error;
    print(error.memberSentence);
  }
}

async function ask(
  draft: BallotDraft,
  services: Services,
  print: (text: string) => void,
): Promise<string> {
  const [a, b] = draft.candidates;
  print(sideBySide(a.text, b.text, process.stdout.columns ?? 80));
  const key = await pressKey("a, b, t (tie), n (neither), s (skip): ", Object.keys(KEYS));
  const choice = KEYS[key ?? "s"] ?? "skip";
  if (choice === "skip") return a.text;
  await voteOn(services, draft, choice);
  return chosenAnswer(draft, choice);
}
