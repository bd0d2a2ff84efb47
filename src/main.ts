/** The program: reads the configuration, starts the bot or the playground, and stops it. */

import { HANDLERS } from "../commands/all.js";
import { createServices } from "./compose.js";
import { type Config, ConfigError, loadEnvironment, readConfig } from "./config.js";
import { checkServer, tellLocalServer } from "./conversation/model-server/check-server.js";
import { startBot } from "./discord/gateway/bot.js";
import { createLog } from "./observability/create-log.js";
import { createMetrics } from "./observability/metrics.js";
import { startWatching } from "./observability/start-watching.js";
import { startUpdateChecks } from "./observability/updates.js";
import { startSupervision } from "./observability/watchdog/supervision.js";
import { runPlayground } from "./playground/playground.js";
import { createRedaction } from "./safety/redaction.js";
import { type SecretConfig, secretsOf } from "./safety/secrets.js";
import { catchStrayRejections, keepHeapSmall } from "./shared/process.js";
import { Shutdown } from "./shutdown.js";
import { isDiscordGuild } from "./store/ids.js";
import { keepFilesPrivate } from "./store/private-file.js";

/** How long the process may take to end by itself after a failed start. */
const LEFT_RUNNING_MS = 2_000;

type DiscordConfig = NonNullable<Config["discord"]>;

async function runBot(config: Config, discord: DiscordConfig): Promise<void> {
  const metrics = createMetrics();
  const log = createLog(config, undefined, (event, level) =>
    metrics.logEvents.inc({ event, level }),
  );
  catchStrayRejections(log);
  const shutdown = new Shutdown(log);
  shutdown.listen();
  const systemd = startSupervision(config, log);
  try {
    const scope = { name: "discord", accepts: isDiscordGuild };
    const services = await createServices({ config, scope, clock: Date.now, metrics, log });
    shutdown.add(() => services.close());
    if (config.encryptionKey === undefined) {
      log.warn({
        event: "encryption.off",
        hint: "ENCRYPTION_KEY is not set: no text is stored once a ballot has closed. docs/configuration.md says how to make a key.",
      });
    }
    // Nobody waits for it: a language model that is down must not delay the start.
    const { chatServer } = services;
    if (config.openai && chatServer) void checkServer(config.openai, chatServer, log);
    else void tellLocalServer(config.localServers, log);
    const updateChecks = startUpdateChecks(services.updates, log);
    shutdown.add(() => updateChecks.stop());
    // Before the bot, which may wait long for Discord: /health has to say so.
    const watching = await startWatching(config, services);
    shutdown.add(() => watching?.close());
    systemd.ready();
    const { jobs } = services;
    await jobs.start();
    shutdown.add(() => jobs.stop());
    const bot = await startBot({
      token: discord.token,
      apiUrl: discord.apiUrl,
      requestsPerSecond: discord.requestsPerSecond,
      shards: discord.shards,
      services,
      handlers: HANDLERS,
      log,
    });
    shutdown.add(() => bot.stop());
    // Undone first, so that no job begins while the bot finishes its work.
    shutdown.add(() => jobs.stop());
    shutdown.add(() => systemd.stopping());
    const closed = await bot.closed;
    log.fatal({ event: "discord.closed", code: closed.code, hint: closed.message });
    await shutdown.end(1);
  } catch (error) {
    await shutdown.undo();
    throw error;
  }
}

keepFilesPrivate();
keepHeapSmall();
let secretConfig: SecretConfig = {};
try {
  const config = readConfig(loadEnvironment());
  secretConfig = config;
  if (config.discord === undefined) {
    const configWith = (changes: NodeJS.ProcessEnv) =>
      readConfig({ ...loadEnvironment(), ...changes });
    await runPlayground(config, configWith);
  } else await runBot(config, config.discord);
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
