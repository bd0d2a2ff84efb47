/** Sentences for the terminal: the commands that they name are called otherwise here than on Discord. */
import { COMMAND_WORDS } from "../language/command-words.js";
import type { Say } from "../language/say.js";

/** By their paths on Discord, longer ones first. */
const TERMINAL_COMMANDS: readonly (readonly [path: string, command: string])[] = [
  ["profile calibrate", "/calibrate"],
  ["profile view", "/profile"],
  ["profile adjust", "/told"],
  ["profile undo", "/undo"],
  ["profile pause", "/pause"],
  ["profile start", "/start"],
  ["profile consent", "/start"],
  ["profile reset", "/profile reset"],
  ["profile export", "/export"],
  ["profile delete", "/delete"],
  ["profile", "/profile"],
];

/** `text` with each command by its name in the terminal. */
export function inTerminal(text: string, say: Pick<Say, "language">): string {
  return TERMINAL_COMMANDS.reduce(
    (rest, [path, command]) => rest.replaceAll(`\`/${calledOnDiscord(path, say)}\``, command),
    text,
  );
}

function calledOnDiscord(path: string, { language }: Pick<Say, "language">): string {
  if (language === "en") return path;
  const words = COMMAND_WORDS[language];
  const steps = path.split(" ");
  return steps.map((_, at) => words[steps.slice(0, at + 1).join(" ")]![0]).join(" ");
}

/** A command and what it does, in two columns. */
export function commandLine(command: string, what: string): string {
  return `  ${command.padEnd(17)}${what}`;
}
