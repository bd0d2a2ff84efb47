/** A process that answers on Discord. */
import { HANDLERS } from "../../commands/all.js";
import { createServices } from "../compose.js";
import type { DiscordConfig } from "../config.js";
import { startBot } from "../discord/gateway/bot.js";
import { type Begun, beginBeside } from "./begun.js";

/** Resolves when Discord has closed the connection for good, and the process ends. */
export async function runBot(discord: DiscordConfig, begun: Begun): Promise<void> {
  const { options, shutdown, systemd } = begun;
  const { log } = options;
  const services = await createServices(options);
  await beginBeside(services, begun);
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
  shutdown.add(() => services.jobs.stop());
  shutdown.add(() => systemd.stopping());
  const closed = await bot.closed;
  log.fatal({ event: "discord.closed", code: closed.code, hint: closed.message });
  await shutdown.end(1);
}
