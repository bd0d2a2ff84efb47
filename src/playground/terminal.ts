/** The playground for a person: type a message, press a key for the better answer. */
import type { Deck } from "../chat/deck.js";
import { GenerationFailedError } from "../chat/generation-error.js";
import { boundHistory, type ConversationTurn, HISTORY_LIMITS } from "../chat/history.js";
import { plainRequest } from "../chat/plain-request.js";
import type { Services } from "../services.js";
import type { Choice, MemberKey } from "../storage/records.js";
import type { BallotDraft } from "../voting/ballots.js";
import { chosenAnswer } from "../voting/chosen-answer.js";
import { pressKey, readLine } from "./keyboard.js";
import { voteOn } from "./rounds.js";
import { sideBySide } from "./side-by-side.js";
import { askConsent, calibrate, runCommand } from "./terminal-commands.js";

/** What the keys below two answers stand for. */
export const CHOICE_KEYS: Readonly<Record<string, Choice | "skip">> = {
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
  const member = { guildId: options.guildId, memberId: "1" };
  options.print(greeting(options.usesDeck));
  for (;;) {
    const line = (await readLine("\nyou> "))?.trim();
    if (line === undefined || line === "/quit") return;
    if (line === "") continue;
    if (line.startsWith("/")) await runCommand(line, member, options);
    else await converse(line, member, history, options);
  }
}

function greeting(usesDeck: boolean): string {
  const lines = [
    "Attune's playground. Write a message; where two answers come, press a, b, t (tie), n (neither) or s (skip).",
    "/calibrate asks ten quick questions, /profile shows what it has learned; /help lists the rest, /quit ends.",
  ];
  if (usesDeck) {
    lines.push(
      "Demonstration: no language model is set up (OPENAI_API_KEY or OPENAI_BASE_URL), so your text is matched",
      "to the nearest prompt of the bundled deck, and the answers come from there.",
    );
  }
  return lines.join("\n");
}

async function converse(
  line: string,
  member: MemberKey,
  history: ConversationTurn[],
  options: TerminalOptions,
): Promise<void> {
  const { services, print } = options;
  const { plain, text } = plainRequest(line);
  history.push({ role: "member", text });
  try {
    const bounded = boundHistory(history, HISTORY_LIMITS);
    const reply = await services.replies.reply({ member, history: bounded, plain });
    if (reply.demonstration !== undefined)
      print(`(nearest prompt of the deck: “${reply.demonstration}”)`);
    const answer = reply.kind === "answer" ? reply.text : await ask(reply.draft, services, print);
    print(`\nattune> ${answer}`);
    history.push({ role: "bot", text: answer });
    if (reply.kind === "answer" && reply.asksConsent && (await askConsent(member, options))) {
      await calibrate(member, options);
    }
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
  const key = await pressKey("a, b, t (tie), n (neither), s (skip): ", Object.keys(CHOICE_KEYS));
  const choice = CHOICE_KEYS[key ?? "s"] ?? "skip";
  if (choice === "skip") {
    await services.questions.release(draft.member);
    return a.text;
  }
  await voteOn(services, draft, choice);
  return chosenAnswer(draft, choice);
}
