/** Every event of Discord to what handles it, each message and interaction once. */
import { type Client, Events, type Message } from "discord.js";
import { LRUCache } from "lru-cache";
import type { Services } from "../../compose.js";
import type { Log } from "../../shared/log.js";
import { BallotMessages } from "../ballots/ballot-messages.js";
import { createReactionQueue } from "../ballots/reaction-handler.js";
import { SuperReactions } from "../ballots/super-reactions.js";
import {
  handleInteraction,
  type InteractionHandlers,
  tellFailure,
} from "../interactions/interaction-handler.js";
import { Owners } from "../interactions/owners.js";
import { isSnowflake } from "../messages/addressing.js";
import { handleMessage, refuseMessage } from "../messages/message-handler.js";
import { CatchUp } from "./catch-up.js";
import { logFailure } from "./discord-errors.js";
import { type GatewayListener, listenToGateway } from "./gateway-events.js";
import { MissedMessages } from "./missed-messages.js";
import { RESTARTING } from "./stopping.js";

/** Messages and interactions that are remembered, so that one that comes again is not answered again. */
const REMEMBERED = 20_000;

type Work = (task: Promise<void>) => void;

/** When the bot takes no new work, and when it gives up what it has. */
export interface EndSignals {
  readonly closing: AbortSignal;
  readonly stopping: AbortSignal;
}

export interface EventsParts {
  readonly client: Client;
  readonly services: Services;
  readonly handlers: InteractionHandlers;
  readonly log: Log;
  /** Called with everything that has to be waited for. */
  readonly add: Work;
  readonly signals: EndSignals;
}

/** Connects the client to the services. */
export function connectEvents({
  client,
  services,
  handlers,
  log,
  add,
  signals,
}: EventsParts): void {
  const { closing, stopping } = signals;
  // Handlers tell and log their failures; what slips through is the log's.
  const work: Work = (task) => add(quietly(task, log));
  const ballotMessages = new BallotMessages({ ...services, client, work, log });
  const superReactions = new SuperReactions();
  const told = { ballotMessages, superReactions, work, log };
  const catchUp = new CatchUp({ ...services, ...told, client, closing });
  const reactions = createReactionQueue({ ...services, ...told, catchUp });
  services.limits.countServers(() => client.guilds.cache.size);
  const owners = new Owners({
    application: () => client.application,
    ownerIds: services.config.ownerIds,
    clock: services.clock,
    log,
  });
  const parts = { ...services, ballotMessages, owners, stopping, log };
  const isNew = createMemory();

  const hear = (message: Message) => {
    if (!isNew(message.id)) return;
    work(closing.aborted ? refuseMessage(message, log) : handleMessage(message, parts));
  };
  const missed = new MissedMessages({ client, hear, closing, clock: services.clock, log });
  client.on(Events.MessageCreate, (message) => {
    missed.heard(message.id);
    hear(message);
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (!isNew(interaction.id)) return;
    if (!closing.aborted) work(handleInteraction(interaction, handlers, parts, stopping));
    else if (interaction.isRepliable()) work(tellFailure(interaction, RESTARTING, log));
  });
  const { departures, votes } = services;
  // An outage is another event: this one means that the bot was removed, or the server deleted.
  client.on(Events.GuildDelete, ({ id }) => {
    if (!isSnowflake(id)) return;
    work(quietly(departures.left(id), log));
    work(
      quietly(
        votes.closeWhere(({ guildId }) => guildId === id),
        log,
      ),
    );
  });
  client.on(Events.GuildCreate, ({ id }) => work(quietly(departures.present(id), log)));
  // A new session, unlike a resumed one, has missed what happened before it.
  client.on(Events.ShardReady, () => {
    work(quietly(missed.catchUp(), log));
    work(quietly(catchUp.all(), log));
  });
  // What members did while nothing could be kept stands on Discord.
  services.store.health.listen({
    onRecovery: () => {
      if (!closing.aborted) work(quietly(catchUp.all(), log));
    },
  });
  client.on(Events.Error, (error) => log.error({ event: "discord.error", err: error }));
  client.on(Events.Warn, (warning) => log.warn({ event: "discord.warning", warning }));
  listenToGateway(client, {
    ...deletions(services, log, work),
    sessionBegins: () => missed.sessionBegins(),
    channelsTold: (channels) => missed.told(channels),
    reacted: (event) => {
      // What comes now is found by the catching up at the next start.
      const named = isSnowflake(event.messageId) && isSnowflake(event.userId);
      if (!closing.aborted && named) reactions.add(event);
    },
  });
}

function deletions(
  { votes, departures }: Services,
  log: Log,
  work: Work,
): Pick<GatewayListener, "messagesDeleted" | "channelsDeleted" | "sessionRenewed"> {
  return {
    messagesDeleted: (messageIds) =>
      work(quietly(votes.close(...messageIds.filter(isSnowflake)), log)),
    channelsDeleted: (ids) => {
      const gone = new Set(ids);
      work(
        quietly(
          votes.closeWhere(({ channelId }) => gone.has(channelId)),
          log,
        ),
      );
    },
    sessionRenewed: (guildIds) => work(quietly(departures.reconcile(guildIds), log)),
  };
}

/** Says of an id whether it is the first time. */
function createMemory(): (id: string) => boolean {
  const seen = new LRUCache<string, true>({ max: REMEMBERED });
  return (id) => {
    if (seen.has(id)) return false;
    seen.set(id, true);
    return true;
  };
}

async function quietly(task: Promise<unknown>, log: Log): Promise<void> {
  try {
    await task;
  } catch (error) {
    logFailure(log, { event: "discord.handler-failed" }, error);
  }
}
