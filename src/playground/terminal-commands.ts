/** The playground's commands: what the slash commands do on Discord, by key. */
import { writeFileSync } from "node:fs";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { QUESTIONS } from "../members/calibration/calibration-step.js";
import { deckLanguageFor } from "../members/calibration/deck-library.js";
import { exportMember } from "../members/export.js";
import { axisBars, cardText } from "../members/profile-text.js";
import { undoLast } from "../members/undo.js";
import { profilePicture } from "../pictures/profile-picture.js";
import { renderPng } from "../pictures/render.js";
import type { MemberKey } from "../store/records.js";
import { refusalText } from "../training/refusal-text.js";
import { progressText, reportText } from "../training/report-text.js";
import { TooFewMembersError } from "../training/retraining.js";
import { NEIGHBOURS, seatNeighbours } from "./neighbours.js";
import { sideBySide } from "./side-by-side.js";
import { createPopulation } from "./simulated-member.js";
import {
  CHOICE_KEYS,
  type GoesOn,
  type TerminalOptions,
  type TerminalWith,
} from "./terminal-options.js";
import { commandLine, inTerminal } from "./terminal-words.js";
import { changeTold } from "./told-axes.js";

const PICTURE = "profile.png";

type Action = (member: MemberKey, options: TerminalOptions) => Promise<GoesOn>;

const COMMANDS: Readonly<Record<string, readonly [what: CommandKey, action: Action]>> = {
  "/calibrate": ["playground.calibrate", calibrate],
  "/profile": ["playground.profile", showProfile],
  "/profile reset": ["playground.reset", reset],
  "/picture": ["playground.picture", savePicture],
  "/told": ["playground.told", changeTold],
  "/undo": ["playground.undo", undo],
  "/pause": ["playground.pause", pause],
  "/start": ["playground.start", start],
  "/export": ["playground.export", printExport],
  "/delete": ["playground.delete", deleteEverything],
  "/retrain": ["playground.retrain", retrain],
};

type CommandKey = `playground.${
  | "calibrate"
  | "profile"
  | "reset"
  | "picture"
  | "told"
  | "undo"
  | "pause"
  | "start"
  | "export"
  | "delete"
  | "retrain"}`;

/** Runs the command in `line`, or lists what there is. */
export async function runCommand(
  line: string,
  member: MemberKey,
  options: TerminalOptions,
): Promise<GoesOn> {
  const { say, screen } = options;
  const command = Object.hasOwn(COMMANDS, line) ? COMMANDS[line] : undefined;
  if (command !== undefined) return command[1](member, options);
  const lines = Object.entries(COMMANDS).map(([name, [what]]) =>
    commandLine(name, what === "playground.picture" ? say(what, { file: PICTURE }) : say(what)),
  );
  const quit = commandLine("/quit", say("playground.quit"));
  const plain = `  ${say("playground.plain")}`;
  screen.print([say("playground.commands"), ...lines, quit, plain].join("\n"));
  return true;
}

/** What somebody new is asked once: whether it may learn, and then the ten questions. */
export async function offerProfile(
  member: MemberKey,
  options: TerminalWith<"calibrations" | "consents" | "profileCards">,
): Promise<GoesOn> {
  const isNew = !(await options.services.consents.isOutdated(member));
  if (!(await askConsent(member, options))) return false;
  if (!isNew) return true;
  return (await options.services.consents.mayLearn(member)) ? calibrate(member, options) : true;
}

/** Both questions of consent. */
async function askConsent(member: MemberKey, options: TerminalWith<"consents">): Promise<GoesOn> {
  const { keyboard, screen, say } = options;
  const { consents } = options.services;
  if (await consents.isOutdated(member)) return askAnew(member, options);
  if ((await consents.stanceOf(member)) === "new") await consents.claimAsking(member);
  screen.print(`\n${inTerminal(say("consent.question"), say)}`);
  const allowed = await keyboard.pressKey("(y/n) ", ["y", "n"]);
  // Whoever leaves has not answered.
  if (allowed === undefined) return false;
  if (allowed === "n") {
    await consents.refuse(member);
    screen.print(inTerminal(say("consent.refused"), say));
    return true;
  }
  await consents.grant(member);
  screen.print(`\n${say("consent.pooledQuestion")}`);
  const pooled = await keyboard.pressKey("(y/n) ", ["y", "n"]);
  await consents.setPooled(member, pooled === "y");
  return pooled !== undefined;
}

/** About what an earlier yes was not about. */
async function askAnew(
  member: MemberKey,
  { services, keyboard, screen, say }: TerminalWith<"consents">,
): Promise<GoesOn> {
  screen.print(`\n${inTerminal(say("consent.renewedQuestion"), say)}`);
  const allowed = await keyboard.pressKey("(y/n) ", ["y", "n"]);
  if (allowed !== undefined) await services.consents.setSteered(member, allowed === "y");
  return allowed !== undefined;
}

/** The ten questions, by key. */
async function calibrate(
  member: MemberKey,
  options: TerminalWith<"calibrations" | "consents" | "profileCards">,
): Promise<GoesOn> {
  const { services, keyboard, screen, say } = options;
  const { calibrations, consents } = services;
  if (!(await consents.mayLearn(member))) {
    if (!(await askConsent(member, options))) return false;
    if (!(await consents.mayLearn(member))) return true;
  }
  const keys = [...Object.keys(CHOICE_KEYS), "q"];
  let step = await calibrations.start(member, deckLanguageFor(say.language));
  while (step.kind === "question") {
    const bar = "▰".repeat(step.number - 1) + "▱".repeat(QUESTIONS - step.number + 1);
    const { number, prompt } = step;
    const question = say("playground.question", { bar, number, total: QUESTIONS, prompt });
    screen.print(`\n${question}`);
    screen.print(sideBySide(step.texts, screen.columns));
    const key = await keyboard.pressKey(say("playground.calibrationKeys"), keys);
    // It goes on with this question the next time.
    if (key === undefined) return false;
    const choice = CHOICE_KEYS[key];
    if (choice === undefined) break;
    step = (await calibrations.answer(member, step.number, choice)) ?? step;
  }
  if (step.kind === "question") await calibrations.stop(member);
  return showProfile(member, options);
}

async function showProfile(
  member: MemberKey,
  { services, screen, say }: TerminalWith<"profileCards">,
): Promise<GoesOn> {
  const card = await services.profileCards.card(member, deckLanguageFor(say.language));
  const bars = card.view.agree ? "" : `\n${axisBars(card.view, say)}\n`;
  screen.print(`${bars}\n${inTerminal(cardText(card, say), say)}`);
  return true;
}

async function reset(
  member: MemberKey,
  { services, keyboard, screen, say }: TerminalWith<"memberData">,
): Promise<GoesOn> {
  const sure = await keyboard.pressKey(say("playground.sureReset"), ["y", "n"]);
  if (sure === "y") {
    const votes = await services.memberData.reset(member);
    screen.print(say("playground.resetDone", { votes }));
  } else screen.print(say("profile.nothingDeleted"));
  return sure !== undefined;
}

async function savePicture(
  member: MemberKey,
  { services, screen, say }: TerminalWith<"profileCards">,
): Promise<GoesOn> {
  const { view } = await services.profileCards.card(member, deckLanguageFor(say.language));
  writeFileSync(PICTURE, await renderPng(profilePicture(view, say)));
  screen.print(say("playground.written", { file: PICTURE }));
  return true;
}

async function undo(
  member: MemberKey,
  { services, screen, say }: TerminalWith<"profiles" | "store" | "votes">,
): Promise<GoesOn> {
  const undone = await undoLast(member, services);
  screen.print(say(undone === undefined ? "profile.nothingToUndo" : "playground.undone"));
  return true;
}

async function pause(
  member: MemberKey,
  { services, screen, say }: TerminalWith<"consents">,
): Promise<GoesOn> {
  if (await services.consents.mayLearn(member)) await services.consents.pause(member);
  screen.print(say("playground.paused"));
  return true;
}

async function start(member: MemberKey, options: TerminalWith<"consents">): Promise<GoesOn> {
  const { consents } = options.services;
  if ((await consents.get(member))?.state !== "paused") return askConsent(member, options);
  await consents.resume(member);
  return true;
}

async function printExport(
  member: MemberKey,
  {
    services,
    screen,
  }: TerminalWith<"clock" | "limits" | "memberData" | "profiles" | "replyNotes" | "store">,
): Promise<GoesOn> {
  const document = await exportMember(member.memberId, [member.guildId], services);
  screen.print(JSON.stringify(document, null, 2));
  return true;
}

async function deleteEverything(
  member: MemberKey,
  { services, keyboard, screen, say }: TerminalWith<"memberData">,
): Promise<GoesOn> {
  const sure = await keyboard.pressKey(say("playground.sureDelete"), ["y", "n"]);
  if (sure === "y") {
    const { votes } = await services.memberData.delete(member.memberId, [member.guildId]);
    screen.print(say("playground.deleted", { votes }));
  } else screen.print(say("profile.nothingDeleted"));
  return sure !== undefined;
}

async function retrain(
  _member: MemberKey,
  {
    services,
    deck,
    guildId,
    screen,
    say,
  }: TerminalWith<
    "ballots" | "compute" | "consents" | "models" | "profiles" | "retraining" | "votes"
  >,
): Promise<GoesOn> {
  const run = () => services.retraining.run((update) => screen.update(progressText(update, say)));
  try {
    screen.print(reportText(await run(), say));
  } catch (error) {
    const refusal = refusalText(error, say);
    if (refusal === undefined) throw error;
    screen.print(refusal);
    if (!(error instanceof TooFewMembersError)) return true;
    screen.print(say("playground.neighbours", { members: NEIGHBOURS }));
    const random = createRandomGenerator(1);
    await seatNeighbours(services, guildId, deck.prompts, createPopulation(random), random);
    screen.print(reportText(await run(), say));
  }
  return true;
}
