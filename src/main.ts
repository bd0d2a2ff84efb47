/** The program: reads the configuration, and starts what the role and the token ask for: bot, trainer or playground. */

import { ConfigError, loadEnvironment, readConfig } from "./config.js";
import { runPlayground } from "./playground/playground.js";
import { begin } from "./roles/begun.js";
import { runBot } from "./roles/run-bot.js";
import { runTrainer } from "./roles/run-trainer.js";
import { createRedaction } from "./safety/redaction.js";
import { type SecretConfig, secretsOf } from "./safety/secrets.js";
import { keepHeapSmall } from "./shared/process.js";
import { keepFilesPrivate } from "./store/private-file.js";

/** How long the process may take to end by itself after a failed start. */
const LEFT_RUNNING_MS = 2_000;

keepFilesPrivate();
keepHeapSmall();
let secretConfig: SecretConfig = {};
try {
  const config = readConfig(loadEnvironment());
  secretConfig = config;
  const { discord, role } = config;
  if (role === "trainer") await begin(config, runTrainer);
  else if (discord !== undefined) await begin(config, (begun) => runBot(discord, begun));
  else {
    const configWith = (changes: NodeJS.ProcessEnv) =>
      readConfig({ ...loadEnvironment(), ...changes });
    await runPlayground(config, configWith);
  }
} catch (error) {
  const redact = createRedaction(secretsOf(secretConfig));
  console.error(redact(error instanceof ConfigError ? error.message : explain(error)));
  process.exitCode = 1;
  // Whatever still runs serves nobody.
  setTimeout(() => process.exit(), LEFT_RUNNING_MS).unref();
}

/** The message and those of its causes; the stack only if the message is empty. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\n  because: ${explain(error.cause)}` : "";
  return `${error.message || error.stack}${cause}`;
}
