/** The playground's commands: what the slash commands do on Discord, by key. */
import { writeFileSync } from "node:fs";
import { createRandomGenerator } from "../../models/random.js";
import { QUESTIONS } from "../calibration/calibrations.js";
import { CONSENT_QUESTION, POOLED_QUESTION, REFUSED } from "../consent/consent-text.js";
import { profilePicture } from "../pictures/profile-picture.js";
import { renderPng } from "../pictures/render.js";
import { cardText } from "../profiles/card-text.js";
import { exportMember } from "../profiles/export.js";
import { axisBars } from "../profiles/profile-text.js";
import { undoLast } from "../profiles/undo.js";
import type { MemberKey } from "../storage/records.js";
import { progressText, refusalText, reportText } from "../training/report-text.js";
import { TooFewMembersError } from "../training/retraining.js";
import { pressKey } from "./keyboard.js";
import { NEIGHBOURS, seatNeighbours } from "./neighbours.js";
import { sideBySide } from "./side-by-side.js";
import { createPopulation } from "./simulated-member.js";
import { CHOICE_KEYS, type TerminalOptions } from "./terminal.js";

const PICTURE = "profile.png";
const LANGUAGE = "en";

type Action = (member: MemberKey, options: TerminalOptions) => Promise<void>;

const COMMANDS: Readonly<Record<string, readonly [what: string, action: Action]>> = {
  "/calibrate": ["ten quick questions", calibrate],
  "/profile": ["what it has learned about you", showProfile],
  "/picture": [`the same as a picture, ${PICTURE} in this folder`, savePicture],
  "/undo": ["takes your last vote back", undo],
  "/pause": ["plain answers, nothing learned", pause],
  "/start": ["lets it learn, or go on after a pause", start],
  "/export": ["prints everything that is kept about you", printExport],
  "/delete": ["deletes everything that is kept about you", deleteEverything],
  "/retrain": ["learns the shared base rewards from all votes", retrain],
};

/** Runs the command in `line`, or lists what there is. */
export async function runCommand(
  line: string,
  member: MemberKey,
  options: TerminalOptions,
): Promise<void> {
  const command = COMMANDS[line];
  if (command !== undefined) await command[1](member, options);
  else {
    const lines = Object.entries(COMMANDS).map(([name, [what]]) => `${name.padEnd(12)}${what}`);
    options.print([...lines, "!plain before a message asks for a plain answer."].join("\n"));
  }
}

/** Both questions of consent. Returns whether the first was answered with yes. */
export async function askConsent(
  member: MemberKey,
  { services, print }: TerminalOptions,
): Promise<boolean> {
  if ((await services.consents.stanceOf(member)) === "new") {
    await services.consents.claimAsking(member);
  }
  print(`\n${CONSENT_QUESTION}`);
  if ((await pressKey("(y/n) ", ["y", "n"])) !== "y") {
    await services.consents.refuse(member);
    print(REFUSED.replace("/profile start", "/start").replace("/profile delete", "/delete"));
    return false;
  }
  await services.consents.grant(member);
  print(`\n${POOLED_QUESTION}`);
  await services.consents.setPooled(member, (await pressKey("(y/n) ", ["y", "n"])) === "y");
  return true;
}

/** The ten questions, by key. */
export async function calibrate(member: MemberKey, options: TerminalOptions): Promise<void> {
  const { services, print } = options;
  const { calibrations, consents } = services;
  if (!(await consents.mayLearn(member)) && !(await askConsent(member, options))) return;
  let step = await calibrations.start(member, LANGUAGE);
  while (step.kind === "question") {
    const bar = "▰".repeat(step.number - 1) + "▱".repeat(QUESTIONS - step.number + 1);
    print(`\n${bar} ${step.number} of ${QUESTIONS}. Somebody asks: “${step.prompt}”`);
    print(sideBySide(...step.texts, process.stdout.columns ?? 80));
    const keys = [...Object.keys(CHOICE_KEYS), "q"];
    const key = await pressKey("a, b, t (tie), n (neither), s (skip), q (stop): ", keys);
    const choice = key === undefined ? undefined : CHOICE_KEYS[key];
    if (choice === undefined) break;
    step = (await calibrations.answer(member, step.number, choice)) ?? step;
  }
  if (step.kind === "question") await calibrations.stop(member);
  await showProfile(member, options);
}

async function showProfile(member: MemberKey, { services, print }: TerminalOptions) {
  const card = await services.profileCards.card(member, LANGUAGE);
  print(`\n${axisBars(card.view)}\n\n${cardText(card)}`);
}

async function savePicture(member: MemberKey, { services, print }: TerminalOptions) {
  const { view } = await services.profileCards.card(member, LANGUAGE);
  writeFileSync(PICTURE, await renderPng(profilePicture(view)));
  print(`Written to ${PICTURE}.`);
}

async function undo(member: MemberKey, { services, print }: TerminalOptions) {
  const undone = await undoLast(member, services);
  print(undone === undefined ? "There is nothing to take back." : "Your last vote is taken back.");
}

async function pause(member: MemberKey, { services, print }: TerminalOptions) {
  if (await services.consents.mayLearn(member)) await services.consents.pause(member);
  print("Plain answers and nothing learned, until /start.");
}

async function start(member: MemberKey, options: TerminalOptions) {
  const { consents } = options.services;
  if ((await consents.get(member))?.state !== "paused") await askConsent(member, options);
  else await consents.grant(member);
}

async function printExport(member: MemberKey, { services, print }: TerminalOptions) {
  const document = await exportMember(member.memberId, [member.guildId], services);
  print(JSON.stringify(document, null, 2));
}

async function deleteEverything(member: MemberKey, { services, print }: TerminalOptions) {
  const sure = await pressKey("Delete everything that is kept about you? (y/n) ", ["y", "n"]);
  if (sure !== "y") return print("Nothing was deleted.");
  const { votes } = await services.memberData.delete(member.memberId, [member.guildId]);
  print(`Deleted: your profile, ${votes} votes, and everything else.`);
}

async function retrain(
  _member: MemberKey,
  { services, deck, guildId, print }: TerminalOptions,
): Promise<void> {
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
