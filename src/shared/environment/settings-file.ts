/** Finds the file of settings in a folder: `.env`, or says that it has another name or no permission. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EnvFile, readEnvFile } from "./env-file.js";

const NAME = ".env";
/** What editors and file managers make of the name. */
const OTHER_NAMES = [
  ".env.txt",
  "env.txt",
  "env",
  ".ENV",
  ".env.env",
  ".env.rtf",
  ".env.example.txt",
];
const TOKEN = "DISCORD_TOKEN";
/** Names that people give to the token. */
const LIKE_TOKEN = /^(?:DISCORD\w*|BOT_?TOKEN|TOKEN)$/i;

/** `environment` comes before the file; `names` are all settings. */
export function readSettingsFile(
  folder: string,
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
): EnvFile {
  const file = read(join(folder, NAME), names);
  const problems = file.problems.map((problem) => `${NAME}: ${problem}`);
  const hasToken = Boolean(environment[TOKEN] || file.values[TOKEN]);
  if (hasToken || problems.length > 0) return { values: file.values, problems };
  for (const name of Object.keys(file.values)) {
    if (names.includes(name) || !LIKE_TOKEN.test(name)) continue;
    problems.push(`${NAME}: it sets ${name}, which is not a setting: do you mean ${TOKEN}?`);
  }
  const other = OTHER_NAMES.find((name) => holdsSettings(join(folder, name), names));
  if (other !== undefined) problems.push(`${other} is not read: rename it to ${NAME}.`);
  return { values: file.values, problems };
}

function read(path: string, names: readonly string[]): EnvFile {
  if (!existsSync(path)) return { values: {}, problems: [] };
  try {
    return readEnvFile(readFileSync(path), names);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EISDIR")
      return { values: {}, problems: ["It is a folder, and should be a file."] };
    return { values: {}, problems: [`It can't be read (${code}): check its owner and mode.`] };
  }
}

/** Whether a bot was meant by it: it has a token. */
function holdsSettings(path: string, names: readonly string[]): boolean {
  return Boolean(read(path, names).values[TOKEN]);
}
