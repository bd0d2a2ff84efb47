/** A process that answers on Discord. */
import { HANDLERS } from "../../commands/all.js";
import { createServices, type Services } from "../compose.js";
import type { DiscordConfig } from "../config.js";
import { startBot } from "../discord/gateway/bot.js";
import type { DiscordClosedError } from "../discord/gateway/connection-errors.js";
import type { Holding } from "../discord/gateway/held-shards.js";
import { isPostgresUrl } from "../shared/environment/store-url.js";
import { type Begun, beginBeside } from "./begun.js";
import { serveShards } from "./serve-shards.js";

/** Resolves when Discord has closed the connection for good, and the process ends. */
export async function runBot(discord: DiscordConfig, begun: Begun): Promise<void> {
  const { options, shutdown, systemd } = begun;
  const services = await createServices(options);
  await beginBeside(services, begun);
  const serving = await serve(discord, begun, services);
  shutdown.add(() => serving.stop());
  // Undone first, so that no job begins while the bot finishes its work.
  shutdown.add(() => services.jobs.stop());
  shutdown.add(() => systemd.stopping());
  const closed = await serving.closed;
  options.log.fatal({ event: "discord.closed", code: closed.code, hint: closed.message });
  await shutdown.end(1);
}

interface Served {
  readonly closed: Promise<DiscordClosedError>;
  stop(): Promise<unknown>;
}

/** Where several processes can be the bot, those shards that no other one has. */
async function serve(
  discord: DiscordConfig,
  { options }: Begun,
  services: Services,
): Promise<Served> {
  const { config, log } = options;
  const start = (held?: Holding) =>
    startBot({
      token: discord.token,
      apiUrl: discord.apiUrl,
      requestsPerSecond: discord.requestsPerSecond,
      shards: held?.shards ?? discord.shards,
      ...(held && { held }),
      services,
      handlers: HANDLERS,
      log,
    });
  if (!isPostgresUrl(config.storeUrl)) return start();
  return serveShards({ discord, options, services, startBot: start });
}
