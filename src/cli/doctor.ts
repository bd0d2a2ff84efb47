/** `npm run doctor`: looks at the whole set-up, and says of each thing what to do. Changes nothing. */
import { Command } from "commander";
import { examine } from "../doctor/examine.js";
import type { Finding } from "../doctor/finding.js";
import { terminalText } from "../doctor/findings-text.js";
import { checkSettings } from "../doctor/settings-check.js";
import { createRedaction } from "../safety/redaction.js";
import { secretsOf } from "../safety/secrets.js";

const { json } = new Command("npm run doctor --")
  .description(
    "Looks at the settings, Discord, the language model, this machine and the store, and says what to do; exits with 1 if anything is wrong.",
  )
  .option("--json", "print the findings as JSON")
  .parse()
  .opts<{ json?: boolean }>();

const { findings: ofSettings, config } = checkSettings();
const findings: Finding[] = [...ofSettings];
if (config !== undefined) findings.push(...(await examine(config, Date.now)));
const redact = createRedaction(secretsOf(config ?? {}));
console.log(redact(json ? JSON.stringify(findings, undefined, 2) : terminalText(findings)));
if (findings.some(({ state }) => state === "wrong")) process.exitCode = 1;
