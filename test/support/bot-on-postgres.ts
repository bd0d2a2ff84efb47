/** A running bot on a database of its own, which another one can share, and a member who has said yes. */
import type { Channel, User } from "./loopback-discord/world.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "./postgres.js";
import { type RunningBot, type RunningBotOptions, startRunningBot } from "./running-bot.js";

export interface BotOnPostgres {
  readonly database: TemporaryPostgres;
  readonly environment: { readonly STORE_URL: string };
  readonly one: RunningBot;
  readonly channel: Channel;
  readonly member: User;
}

export async function startBotOnPostgres(
  options: Omit<RunningBotOptions, "environment"> = {},
): Promise<BotOnPostgres> {
  const database = await createTemporaryPostgres();
  const environment = { STORE_URL: database.url };
  const one = await startRunningBot({ ...options, environment });
  const { channel } = one.discord.createGuild("lounge");
  const member = one.discord.world.addUser("member");
  await one.consent(channel, member);
  return { database, environment, one, channel, member };
}
