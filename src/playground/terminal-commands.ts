/** The playground's commands: what the slash commands do on Discord, by key. */
import { writeFileSync } from "node:fs";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { QUESTIONS } from "../members/calibration/calibrations.js";
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
import { inTerminal } from "./terminal-words.js";
import { changeTold } from "./told-axes.js";

const PICTURE = "profile.png";
const LANGUAGE = "en";

type Action = (member: MemberKey, options: TerminalOptions) => Promise<GoesOn>;

const COMMANDS: Readonly<Record<string, readonly [what: string, action: Action]>> = {
  "/calibrate": ["ten quick questions", calibrate],
  "/profile": ["what it has learned about you", showProfile],
  "/profile reset": ["deletes your weights and votes", reset],
  "/picture": [`the profile as a picture, ${PICTURE} in this folder`, savePicture],
  "/told": ["what the language model may hear of your taste", changeTold],
  "/undo": ["takes your last vote back", undo],
  "/pause": ["plain answers, nothing learned", pause],
  "/start": ["lets it learn, or go on after a pause", start],
  "/export": ["prints everything that is stored about you", printExport],
  "/delete": ["deletes everything that is stored about you", deleteEverything],
  "/retrain": ["learns the shared base rewards from all votes", retrain],
};

/** Runs the command in `line`, or lists what there is. */
export async function runCommand(
  line: string,
  member: MemberKey,
  options: TerminalOptions,
): Promise<GoesOn> {
  const command = COMMANDS[line];
  if (command !== undefined) return command[1](member, options);
  const lines = Object.entries(COMMANDS).map(([name, [what]]) => `  ${name.padEnd(17)}${what}`);
  const plain = "  !plain before a message asks for a plain answer.";
  options.screen.print(["Commands:", ...lines, "  /quit            end", plain].join("\n"));
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
  const { services, keyboard, screen } = options;
  const { calibrations, consents } = services;
  if (!(await consents.mayLearn(member))) {
    if (!(await askConsent(member, options))) return false;
    if (!(await consents.mayLearn(member))) return true;
  }
  const keys = [...Object.keys(CHOICE_KEYS), "q"];
  let step = await calibrations.start(member, LANGUAGE);
  while (step.kind === "question") {
    const bar = "▰".repeat(step.number - 1) + "▱".repeat(QUESTIONS - step.number + 1);
    screen.print(`\n${bar} ${step.number} of ${QUESTIONS}. Somebody asks: “${step.prompt}”`);
    screen.print(sideBySide(step.texts, screen.columns));
    const key = await keyboard.pressKey("a, b, t (tie), n (neither), s (skip), q (stop): ", keys);
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
  const card = await services.profileCards.card(member, LANGUAGE);
  const bars = card.view.agree ? "" : `\n${axisBars(card.view, say)}\n`;
  screen.print(`${bars}\n${inTerminal(cardText(card, say), say)}`);
  return true;
}

async function reset(
  member: MemberKey,
  { services, keyboard, screen }: TerminalWith<"memberData">,
): Promise<GoesOn> {
  const sure = await keyboard.pressKey("Delete your weights and votes? (y/n) ", ["y", "n"]);
  if (sure === "y") {
    const votes = await services.memberData.reset(member);
    screen.print(`Deleted: your weights and ${votes === 1 ? "1 vote" : `${votes} votes`}.`);
  } else screen.print("Nothing was deleted.");
  return sure !== undefined;
}

async function savePicture(
  member: MemberKey,
  { services, screen, say }: TerminalWith<"profileCards">,
): Promise<GoesOn> {
  const { view } = await services.profileCards.card(member, LANGUAGE);
  writeFileSync(PICTURE, await renderPng(profilePicture(view, say)));
  screen.print(`Written to ${PICTURE}.`);
  return true;
}

async function undo(
  member: MemberKey,
  { services, screen }: TerminalWith<"profiles" | "store" | "votes">,
): Promise<GoesOn> {
  const undone = await undoLast(member, services);
  screen.print(
    undone === undefined ? "There is nothing to take back." : "Your last vote is taken back.",
  );
  return true;
}

async function pause(
  member: MemberKey,
  { services, screen }: TerminalWith<"consents">,
): Promise<GoesOn> {
  if (await services.consents.mayLearn(member)) await services.consents.pause(member);
  screen.print("Plain answers and nothing learned, until /start.");
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
  { services, keyboard, screen }: TerminalWith<"memberData">,
): Promise<GoesOn> {
  const question = "Delete everything that is stored about you? (y/n) ";
  const sure = await keyboard.pressKey(question, ["y", "n"]);
  if (sure === "y") {
    const { votes } = await services.memberData.delete(member.memberId, [member.guildId]);
    screen.print(`Deleted: your profile, ${votes} votes, and everything else.`);
  } else screen.print("Nothing was deleted.");
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
    screen.print(`Here ${NEIGHBOURS} simulated members now vote on the deck as well ...`);
    const random = createRandomGenerator(1);
    await seatNeighbours(services, guildId, deck.prompts, createPopulation(random), random);
    screen.print(reportText(await run(), say));
  }
  return true;
}
