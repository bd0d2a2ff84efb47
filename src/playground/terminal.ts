/** The playground for a person: type a message, press a key for the better answer. */

import type { BallotDraft } from "../ballots/ballots.js";
import { chosenAnswer } from "../ballots/choices.js";
import { GenerationFailedError } from "../conversation/candidates/generation-error.js";
import { NothingNearError } from "../conversation/candidates/nothing-near-error.js";
import type { ConversationTurn } from "../conversation/conversation-turn.js";
import { boundHistory, HISTORY_LIMITS } from "../conversation/history.js";
import { plainRequest } from "../conversation/plain-request.js";
import { shortManner } from "../members/manner-text.js";
import type { MemberKey } from "../store/records.js";
import { voteOn } from "./rounds.js";
import { withPlainTimes } from "./screen.js";
import { sideBySide } from "./side-by-side.js";
import { offerProfile, runCommand } from "./terminal-commands.js";
import {
  CHOICE_KEYS,
  type GoesOn,
  type TerminalOptions,
  type TerminalWith,
} from "./terminal-options.js";

/** Talks with the person at the terminal until `/quit`, Ctrl-C or the end of input. */
export async function runTerminal(options: TerminalOptions): Promise<void> {
  const history: ConversationTurn[] = [];
  const member = { guildId: options.guildId, memberId: "1" };
  options.screen.print(greeting(options.usesDeck));
  for (;;) {
    const line = (await options.keyboard.readLine("\nyou> "))?.trim();
    if (line === undefined || line === "/quit") return;
    if (line === "") continue;
    const goesOn = line.startsWith("/")
      ? await runCommand(line, member, options)
      : await converse(line, member, history, options);
    if (!goesOn) return;
  }
}

function greeting(usesDeck: boolean): string {
  const lines = [
    "Attune's playground. Write a message; when two answers come, press",
    "a, b, t (tie), n (neither) or s (skip).",
    "",
    "  /calibrate       ten quick questions",
    "  /profile         what it has learned about you",
    "  /help            all the other commands",
    "  /quit            end",
  ];
  if (usesDeck) {
    lines.push(
      "",
      "Demonstration: no language model is set up (OPENAI_API_KEY or",
      "OPENAI_BASE_URL), so answers come from the bundled deck. It knows some",
      "sixty everyday prompts, and offers three where it has nothing near.",
    );
  }
  return lines.join("\n");
}

async function converse(
  line: string,
  member: MemberKey,
  history: ConversationTurn[],
  options: TerminalOptions,
): Promise<GoesOn> {
  const { services, screen } = options;
  const { plain, text } = plainRequest(line);
  history.push({ role: "member", text });
  try {
    const bounded = boundHistory(history, HISTORY_LIMITS);
    const reply = await services.replies.reply({ member, history: bounded, plain });
    if (reply.demonstration !== undefined)
      screen.print(`(nearest prompt of the deck: “${reply.demonstration}”)`);
    const answer = reply.kind === "answer" ? reply.text : await ask(reply.draft, options);
    if (answer === undefined) return false;
    screen.print(`\nattune> ${answer}`);
    history.push({ role: "bot", text: answer });
    if (reply.kind === "answer" && reply.asksConsent) return offerProfile(member, options);
  } catch (error) {
    history.pop();
    if (error instanceof NothingNearError)
      return offerPrompts(error.offers, member, history, options);
    if (!(error instanceof GenerationFailedError)) throw error;
    screen.print(withPlainTimes(error.memberSentence(options.say), services.clock));
  }
  return true;
}

/** Where nothing in the deck is near: three prompts that can be asked with one key. */
async function offerPrompts(
  offers: readonly string[],
  member: MemberKey,
  history: ConversationTurn[],
  options: TerminalOptions,
): Promise<GoesOn> {
  const { keyboard, screen } = options;
  const lines = offers.map((offer, at) => `  ${at + 1}  ${offer}`);
  screen.print(["Nothing in the deck is near that. It has answers to", ...lines].join("\n"));
  const keys = offers.map((_, at) => String(at + 1));
  const key = await keyboard.pressKey(`${keys.join(", ")} (ask that), n (nothing): `, [
    ...keys,
    "n",
  ]);
  const chosen = offers[Number(key) - 1];
  if (chosen === undefined) return key !== undefined;
  screen.print(`\nyou> ${chosen}`);
  return converse(chosen, member, history, options);
}

/** The answer that the person chose, or undefined if the input has ended. */
async function ask(
  draft: BallotDraft,
  { services, keyboard, screen, say }: TerminalWith<"ballots" | "questions" | "votes">,
): Promise<string | undefined> {
  const [a, b] = draft.candidates;
  const asked =
    a.manner && b.manner && ([shortManner(a.manner, say), shortManner(b.manner, say)] as const);
  screen.print(sideBySide([a.text, b.text], screen.columns, asked));
  const keys = Object.keys(CHOICE_KEYS);
  const key = await keyboard.pressKey("a, b, t (tie), n (neither), s (skip): ", keys);
  const choice = CHOICE_KEYS[key ?? "s"] ?? "skip";
  if (choice === "skip") {
    await services.questions.release(draft.member);
    return key === undefined ? undefined : a.text;
  }
  await voteOn(services, draft, choice);
  return chosenAnswer(draft, choice);
}
