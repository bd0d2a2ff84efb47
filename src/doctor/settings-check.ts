/** The settings: whether they can be read, by whom, and which of them are missing. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Config, ConfigError, loadEnvironment, readConfig } from "../config.js";
import { advice, type Finding, well, wrong } from "./finding.js";

const OTHERS = 0o077;
const TOPIC = "Settings";

export interface SettingsReport {
  readonly findings: readonly Finding[];
  /** Undefined where they have a problem. */
  readonly config: Config | undefined;
}

/** Reads the settings as the program does, from `.env` in `folder` and the environment. */
export function checkSettings(folder: string = process.cwd()): SettingsReport {
  const file = join(folder, ".env");
  const findings = existsSync(file) ? checkMode(file) : [];
  try {
    const config = readConfig(loadEnvironment());
    const from = existsSync(file) ? file : "the environment, without a file .env";
    return { findings: [well(TOPIC, `read from ${from}.`), ...findings], config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map((problem) =>
      wrong(TOPIC, problem, "docs/configuration.md has every setting."),
    );
    return { findings: [...problems, ...findings], config: undefined };
  }
}

/** The token and the keys are in it. */
function checkMode(file: string): Finding[] {
  if (process.platform === "win32" || (statSync(file).mode & OTHERS) === 0) return [];
  return [advice(TOPIC, "other accounts of this machine may read .env.", "run: chmod 600 .env")];
}
