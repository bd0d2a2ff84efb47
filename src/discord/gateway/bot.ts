/** The bot: gateway events to the services. Logs in, registers the commands, stops. */
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, Events } from "discord.js";
import type { Services } from "../../compose.js";
import type { Config } from "../../config.js";
import type { ShardConfig } from "../../shared/environment/shard-variables.js";
import type { Log } from "../../shared/log.js";
import { unlessStoreIsDown } from "../../store/unless-store-is-down.js";
import type { Command } from "../interactions/command.js";
import { definitionsOf } from "../interactions/command-definitions.js";
import type { InteractionHandlers } from "../interactions/interaction-handler.js";
import type { PendingTimes } from "../messages/create-pending.js";
import { createClient } from "./client.js";
import { closedForGood, type DiscordClosedError, LoginError } from "./connection-errors.js";
import { connectEvents } from "./events.js";
import { guardPackets } from "./guard-packets.js";
import { type Holding, ShardsLostError } from "./held-shards.js";
import { registerWhenChanged } from "./register-commands.js";
import { StoppingError, WorkInHand } from "./stopping.js";
import { watchClient } from "./watch-client.js";

/** How long the end may take; a supervisor kills a process after ten seconds or more. */
export interface StopTimes {
  /** For the work in hand to finish by itself. */
  readonly finishMs: number;
  /** To tell those who still wait. */
  readonly tellMs: number;
  /** For the gateway to say goodbye. */
  readonly leaveMs: number;
}

const STOP_TIMES: StopTimes = { finishMs: 4_000, tellMs: 2_000, leaveMs: 1_000 };

const NOT_FOR_USERS =
  "Members can't take the bot along as their own app: tick User Install on the application's page at Discord, under Installation, and start again; or set USER_INSTALL=off.";

/** So long a client that has left the gateway may go on to tell those who wait. */
const LONGEST_TELLING_MS = 120_000;

/** Waiting for an idle bot looks again this often. */
const IDLE_CHECK_MS = 60_000;

export interface Bot {
  /** Resolves once no event is being worked on. */
  idle(): Promise<void>;
  /** Resolves when Discord has closed the connection for good. */
  readonly closed: Promise<DiscordClosedError>;
  /** Leaves the gateway once the work in hand is done or given up. Returns whether all was done. */
  stop(): Promise<boolean>;
  /**
   * Leaves the gateway at once, and gives up the work in hand: another process may have the shards soon. Who
   * can't be told at once, because the database is away, is told after this has resolved.
   */
  leave(): Promise<void>;
}

export interface BotOptions extends PendingTimes {
  readonly token: string;
  readonly apiUrl: string;
  /** Of the whole bot to Discord; discord.js' own default if not given. */
  readonly requestsPerSecond?: number;
  /** Until when they are this process's to serve; for good if not given. */
  readonly held?: Pick<Holding, "isHeld" | "lost">;
  /** Which shards are connected; all of as many as Discord recommends if not given. */
  readonly shards?: ShardConfig;
  readonly services: Services;
  /** What members can call and press. */
  readonly handlers: InteractionHandlers;
  readonly log: Log;
  readonly stopTimes?: StopTimes;
  /** After how long a question that answers an interaction is ended; for tests. */
  readonly lapseMs?: number | undefined;
  /** Where attached files may be read from; Discord's own hosts if not given. For tests. */
  readonly fileOrigins?: readonly string[];
}

/**
 * Starts the bot; resolves when it is logged in and ready. Throws {@link LoginError}, and
 * {@link ShardsLostError} if the shards are no longer held by then.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { token, apiUrl, services, handlers, log, fileOrigins, stopTimes = STOP_TIMES } = options;
  const { held } = options;
  const client = createClient(apiUrl, log, options.requestsPerSecond, options.shards);
  watchClient(client, services.metrics);
  const inHand = new WorkInHand();
  const closing = new AbortController();
  const stopping = new AbortController();
  // Every answer that is being written listens to it.
  setMaxListeners(0, stopping.signal);
  const signals = { closing: closing.signal, stopping: stopping.signal };
  guardPackets(client, log, held?.isHeld);
  connectEvents({
    client,
    services,
    handlers,
    log,
    add: inHand.add,
    signals,
    lapseMs: options.lapseMs,
    fileOrigins,
    waitMs: options.waitMs,
    paceMs: options.paceMs,
  });
  const closed = closedForGood(client);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
    const started = await Promise.race([ready, refused(closed), ...(held ? [loss(held)] : [])]);
    // What Discord said since then was not listened to: which servers there are is not known.
    if (held?.isHeld() === false) throw new ShardsLostError();
    await onReady(started, services, handlers.commands, log);
  } catch (error) {
    closing.abort();
    await client.destroy();
    if (error instanceof ShardsLostError) throw error;
    throw new LoginError(apiUrl, error, await Promise.race([closed, Promise.resolve(undefined)]));
  }
  return {
    idle: async () => {
      while (!(await inHand.done(IDLE_CHECK_MS)));
    },
    closed,
    stop: async () => {
      closing.abort();
      const finished = await inHand.done(stopTimes.finishMs);
      stopping.abort(new StoppingError());
      const done = finished || (await inHand.done(stopTimes.tellMs));
      if (!done) log.warn({ event: "bot.work-abandoned" });
      await Promise.race([client.destroy(), sleep(stopTimes.leaveMs, undefined, { ref: false })]);
      return done;
    },
    leave: async () => {
      closing.abort();
      // Requests are possible until the client is destroyed as well.
      const left = (client.ws as unknown as { destroy(): Promise<void> }).destroy();
      await Promise.race([left, sleep(stopTimes.leaveMs, undefined, { ref: false })]);
      stopping.abort(new StoppingError());
      if (await inHand.done(stopTimes.tellMs)) return client.destroy();
      // Work that waits for the database has claimed its message: who waits for it is told later, by
      // requests alone, for which the client keeps its token.
      void inHand.done(LONGEST_TELLING_MS).then((done) => {
        if (!done) log.warn({ event: "bot.work-abandoned" });
        return client.destroy();
      });
    },
  };
}

async function refused(closed: Promise<DiscordClosedError>): Promise<never> {
  throw await closed;
}

async function loss({ lost }: Pick<Holding, "lost">): Promise<never> {
  await lost;
  throw new ShardsLostError();
}

async function onReady(
  client: Client<true>,
  services: Services,
  commands: readonly Command[],
  log: Log,
): Promise<void> {
  await reconcileServers(client, services, log);
  const { shards, config } = services;
  // The commands are the whole bot's: one process registers them.
  const commandsRegistered = shards.isFirst && (await register(client, config, commands, log));
  const of = { shards: shards.ids, shardCount: shards.count };
  log.info({ event: "bot.ready", guilds: client.guilds.cache.size, ...of, commandsRegistered });
}

/** If it fails now, the next session does it: nobody waits for it. */
async function reconcileServers(
  client: Client<true>,
  { departures, shards }: Services,
  log: Log,
): Promise<void> {
  const present = new Set(client.guilds.cache.keys());
  try {
    await unlessStoreIsDown(departures.reconcile(present, (guildId) => shards.isOurs(guildId)));
  } catch (error) {
    log.error({ event: "discord.handler-failed", err: error });
  }
}

/** Returns whether the commands had to be registered. A bot without commands still answers. */
async function register(
  client: Client<true>,
  { userInstall }: Pick<Config, "userInstall">,
  commands: readonly Command[],
  log: Log,
): Promise<boolean> {
  try {
    const definitions = definitionsOf(commands);
    const done = await registerWhenChanged(client.application, definitions, userInstall);
    if (userInstall !== "off" && !done.forUsers) {
      log.info({ event: "commands.not-for-users", hint: NOT_FOR_USERS });
    }
    return done.isNew;
  } catch (error) {
    const hint = "The slash commands may be missing or outdated: try npm run deploy-commands.";
    log.error({ event: "commands.registration-failed", hint, err: error });
    return false;
  }
}
