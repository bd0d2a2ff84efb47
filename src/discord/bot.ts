/** The bot: gateway events to the services. Logs in, catches up, registers the commands, stops. */
import { type Client, Events, type MessageReaction, type PartialMessageReaction } from "discord.js";
import { COMMANDS, COMPONENTS } from "../../commands/all.js";
import type { Log } from "../log.js";
import type { Services } from "../services.js";
import { BallotMessages } from "./ballot-messages.js";
import { catchUp } from "./catch-up.js";
import { createClient } from "./client.js";
import { handleInteraction } from "./interaction-handler.js";
import { handleMessage } from "./message-handler.js";
import { handleReaction, type ReactionEvent } from "./reaction-handler.js";
import { registerWhenChanged } from "./register-commands.js";
import { watchClient } from "./watch-client.js";

/** The bot could not log in. `cause` has the words of Discord or of the network. */
export class LoginError extends Error {
  override readonly name = "LoginError";

  constructor(apiUrl: string, cause: unknown) {
    super(
      `Could not log in to Discord at ${apiUrl}: check DISCORD_TOKEN, DISCORD_API_URL and the network.`,
      { cause },
    );
  }
}

export interface Bot {
  /** Leaves the gateway once the work in hand is done. */
  stop(): Promise<void>;
}

export interface BotOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly services: Services;
  readonly log: Log;
}

/** Starts the bot; resolves when it is logged in and ready. Throws {@link LoginError}. */
export async function startBot({ token, apiUrl, services, log }: BotOptions): Promise<Bot> {
  const client = createClient(apiUrl);
  watchClient(client, services.metrics);
  const inHand = new Set<Promise<void>>();
  const work = (task: Promise<void>) => {
    inHand.add(task);
    task.finally(() => inHand.delete(task));
  };
  connect(client, services, log, work);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
    await onReady(await ready, services, log);
  } catch (error) {
    await client.destroy();
    throw new LoginError(apiUrl, error);
  }
  return {
    stop: async () => {
      client.removeAllListeners();
      await Promise.allSettled(inHand);
      await client.destroy();
    },
  };
}

async function onReady(client: Client<true>, services: Services, log: Log): Promise<void> {
  await services.departures.reconcile(new Set(client.guilds.cache.keys()));
  const commandsRegistered = await register(client, log);
  log.info({ event: "bot.ready", guilds: client.guilds.cache.size, commandsRegistered });
}

/** Returns whether the commands had to be registered. A bot without commands still answers. */
async function register(client: Client<true>, log: Log): Promise<boolean> {
  try {
    const definitions = COMMANDS.map((command) => command.definition);
    return await registerWhenChanged(client.application, definitions);
  } catch (error) {
    const hint = "The slash commands may be missing or outdated: try npm run deploy-commands.";
    log.error({ event: "commands.registration-failed", hint, err: error });
    return false;
  }
}

function connect(
  client: Client,
  services: Services,
  log: Log,
  work: (task: Promise<void>) => void,
): void {
  const ballotMessages = new BallotMessages({ ...services, client, log });
  const parts = { ...services, ballotMessages, client, log };
  const handlers = { commands: COMMANDS, components: COMPONENTS };

  client.on(Events.MessageCreate, (message) => work(handleMessage(message, parts)));
  client.on(Events.MessageReactionAdd, (reaction, user) =>
    work(handleReaction(reactionEvent("added", reaction, user.id), parts)),
  );
  client.on(Events.MessageReactionRemove, (reaction, user) =>
    work(handleReaction(reactionEvent("removed", reaction, user.id), parts)),
  );
  client.on(Events.MessageDelete, (message) =>
    work(forget(services.ballots.close(message.id), log)),
  );
  const { departures } = services;
  // An outage is another event: this one means that the bot was removed, or the server deleted.
  client.on(Events.GuildDelete, (guild) => work(forget(departures.left(guild.id), log)));
  client.on(Events.GuildCreate, (guild) => work(forget(departures.present(guild.id), log)));
  client.on(Events.InteractionCreate, (interaction) =>
    work(handleInteraction(interaction, handlers, parts)),
  );
  // A new session, unlike a resumed one, has missed what happened before it.
  client.on(Events.ShardReady, () => work(forget(catchUp(parts), log)));
  client.on(Events.Error, (error) => log.error({ event: "discord.error", err: error }));
  client.on(Events.Warn, (warning) => log.warn({ event: "discord.warning", warning }));
  client.on(Events.ShardDisconnect, ({ code }) =>
    log.error({ event: "discord.disconnected", code }),
  );
}

function reactionEvent(
  kind: ReactionEvent["kind"],
  reaction: MessageReaction | PartialMessageReaction,
  userId: string,
): ReactionEvent {
  return { kind, emoji: reaction.emoji.name, messageId: reaction.message.id, userId };
}

async function forget(task: Promise<void>, log: Log): Promise<void> {
  try {
    await task;
  } catch (error) {
    log.error({ event: "discord.handler-failed", err: error });
  }
}
