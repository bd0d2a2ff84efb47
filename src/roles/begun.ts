/** What the process of every role begins with, and what goes on in it beside the work. */
import type { Services, ServicesOptions } from "../compose.js";
import type { Config } from "../config.js";
import { checkServer, tellLocalServer } from "../conversation/model-server/check-server.js";
import { createLog } from "../observability/create-log.js";
import { createMetrics } from "../observability/metrics.js";
import { startWatching } from "../observability/start-watching.js";
import { startUpdateChecks } from "../observability/updates.js";
import { startSupervision } from "../observability/watchdog/supervision.js";
import type { Systemd } from "../observability/watchdog/systemd.js";
import { catchStrayRejections } from "../shared/process.js";
import { Shutdown } from "../shutdown.js";
import { isDiscordGuild } from "../store/ids.js";

/** A process that has begun, whatever its role. */
export interface Begun {
  readonly options: ServicesOptions;
  /** Ends what was added to it. */
  readonly shutdown: Shutdown;
  readonly systemd: Systemd;
}

/** What both roles have of the services. */
type Beside = Pick<
  Services,
  "chatServer" | "clock" | "close" | "jobs" | "metrics" | "store" | "updates"
>;

/** Runs `role`, and undoes what was begun if it throws. */
export async function begin(config: Config, role: (begun: Begun) => Promise<void>): Promise<void> {
  const metrics = createMetrics();
  const log = createLog(config, undefined, (event, level) =>
    metrics.logEvents.inc({ event, level }),
  );
  catchStrayRejections(log);
  const shutdown = new Shutdown(log);
  shutdown.listen();
  const systemd = startSupervision(config, log);
  const scope = { name: "discord", accepts: isDiscordGuild };
  try {
    await role({
      options: { config, scope, clock: Date.now, metrics, log },
      shutdown,
      systemd,
    });
  } catch (error) {
    await shutdown.undo();
    throw error;
  }
}

/** Begins with all that goes on beside the work, the jobs included. */
export async function beginBeside(services: Beside, begun: Begun): Promise<void> {
  const { options, shutdown, systemd } = begun;
  const { config, log } = options;
  const { chatServer, jobs } = services;
  shutdown.add(() => services.close());
  if (config.encryptionKey === undefined) {
    log.warn({
      event: "encryption.off",
      hint: "ENCRYPTION_KEY is not set: no text is stored once a ballot has closed. docs/configuration.md says how to make a key.",
    });
  }
  // Nobody waits for it: a language model that is down must not delay the start.
  if (config.openai && chatServer) void checkServer(config.openai, chatServer, log);
  else void tellLocalServer(config.localServers, log);
  const updateChecks = startUpdateChecks(services.updates, log);
  shutdown.add(() => updateChecks.stop());
  // Before the bot, which may wait long for Discord: /health has to say so.
  const watching = await startWatching(config, services);
  shutdown.add(() => watching?.close());
  systemd.ready();
  await jobs.start();
  shutdown.add(() => jobs.stop());
}
