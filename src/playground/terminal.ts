/** The playground for a person: type a message, press a key for the better answer. */

import type { BallotDraft } from "../ballots/ballots.js";
import { chosenAnswer } from "../ballots/choices.js";
import { GenerationFailedError } from "../conversation/candidates/generation-error.js";
import { NothingNearError } from "../conversation/candidates/nothing-near-error.js";
import type { ConversationTurn } from "../conversation/conversation-turn.js";
import { boundHistory, HISTORY_LIMITS } from "../conversation/history.js";
import { plainRequest } from "../conversation/plain-request.js";
import type { Say } from "../language/say.js";
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
import { commandLine } from "./terminal-words.js";

/** Talks with the person at the terminal until `/quit`, Ctrl-C or the end of input. */
export async function runTerminal(options: TerminalOptions): Promise<void> {
  const history: ConversationTurn[] = [];
  const member = { guildId: options.guildId, memberId: "1" };
  options.screen.print(greeting(options.usesDeck, options.say));
  for (;;) {
    const line = (await options.keyboard.readLine(`\n${options.say("playground.you")}> `))?.trim();
    if (line === undefined || line === "/quit") return;
    if (line === "") continue;
    const goesOn = line.startsWith("/")
      ? await runCommand(line, member, options)
      : await converse(line, member, history, options);
    if (!goesOn) return;
  }
}

function greeting(usesDeck: boolean, say: Say): string {
  const lines = [
    say("playground.greeting"),
    "",
    commandLine("/calibrate", say("playground.calibrate")),
    commandLine("/profile", say("playground.profile")),
    commandLine("/help", say("playground.help")),
    commandLine("/quit", say("playground.quit")),
  ];
  return [...lines, ...(usesDeck ? ["", say("playground.demonstration")] : [])].join("\n");
}

async function converse(
  line: string,
  member: MemberKey,
  history: ConversationTurn[],
  options: TerminalOptions,
): Promise<GoesOn> {
  const { services, screen, say } = options;
  const { plain, text } = plainRequest(line);
  history.push({ role: "member", text });
  try {
    const bounded = boundHistory(history, HISTORY_LIMITS);
    const reply = await services.replies.reply({ member, history: bounded, plain });
    if (reply.demonstration !== undefined)
      screen.print(say("playground.nearest", { prompt: reply.demonstration }));
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
    screen.print(withPlainTimes(error.memberSentence(say), services.clock));
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
  const { keyboard, screen, say } = options;
  const lines = offers.map((offer, at) => `  ${at + 1}  ${offer}`);
  screen.print([say("playground.nothingNear"), ...lines].join("\n"));
  const keys = offers.map((_, at) => String(at + 1));
  const prompt = say("playground.offerKeys", { keys: keys.join(", ") });
  const key = await keyboard.pressKey(prompt, [...keys, "n"]);
  const chosen = offers[Number(key) - 1];
  if (chosen === undefined) return key !== undefined;
  screen.print(`\n${say("playground.you")}> ${chosen}`);
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
  const key = await keyboard.pressKey(say("playground.ballotKeys"), keys);
  const choice = CHOICE_KEYS[key ?? "s"] ?? "skip";
  if (choice === "skip") {
    await services.questions.release(draft.member);
    return key === undefined ? undefined : a.text;
  }
  await voteOn(services, draft, choice);
  return chosenAnswer(draft, choice);
}
