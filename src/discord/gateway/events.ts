/** Connects every event of Discord to its handler; each message and each interaction is handled once. */
import { type Client, Events, type Message } from "discord.js";
import { LRUCache } from "lru-cache";
import type { Services } from "../../compose.js";
import { SHARD_OF_DIRECT_MESSAGES } from "../../guilds/shards.js";
import { languageOf } from "../../language/languages.js";
import { speakerOf } from "../../language/say.js";
import type { Log } from "../../shared/log.js";
import type { MemberKey } from "../../store/records.js";
import { createAnother } from "../another/create-another.js";
import { createAsking, createPersonalUse } from "../asking/create-asking.js";
import type { PersonalUse } from "../asking/personal-use.js";
import { type BallotHandlers, createBallotHandlers } from "../ballots/create-handlers.js";
import type { ReactionQueue } from "../ballots/reaction-queue.js";
import { createEnclosureReader } from "../enclosures/create-reader.js";
import type { EnclosureReader } from "../enclosures/enclosure-reader.js";
import { commandServices } from "../interactions/command-services.js";
import {
  handleInteraction,
  type InteractionHandlers,
  replyPrivately,
} from "../interactions/interaction-handler.js";
import { Owners } from "../interactions/owners.js";
import { isSnowflake } from "../messages/addressing.js";
import { Conversations } from "../messages/conversations.js";
import { createPending, type PendingTimes } from "../messages/create-pending.js";
import {
  handleMessage,
  type MessageHandlerParts,
  refuseMessage,
} from "../messages/message-handler.js";
import type { PendingAnswers } from "../messages/pending-answers.js";
import { Speech } from "../messages/speech.js";
import { logFailure } from "./discord-errors.js";
import { listenToGateway } from "./gateway-events.js";
import { LateMessages } from "./late-messages.js";
import { MissedMessages } from "./missed-messages.js";
import type { EndSignals } from "./stopping.js";

/** Messages and interactions that are remembered, so that one that comes again is not answered again. */
const REMEMBERED = 20_000;

export interface EventsParts extends PendingTimes {
  readonly client: Client;
  readonly services: Services;
  readonly handlers: InteractionHandlers;
  readonly log: Log;
  /** Called with everything that has to finish before the bot ends. */
  readonly add: (task: Promise<void>) => void;
  readonly signals: EndSignals;
  /** After how long a question that answers an interaction is ended; for tests. */
  readonly lapseMs?: number | undefined;
  /** Where attached files may be read from; Discord's own hosts if not given. */
  readonly fileOrigins?: readonly string[] | undefined;
}

type Work = (task: Promise<unknown>) => void;

type MissedByShard = (shard: number) => MissedMessages;

type ConversationHandlers = Pick<
  BallotHandlers,
  "posting" | "elsewhere" | "plainAnswers" | "display" | "asked"
> & {
  readonly conversations: Conversations;
  readonly enclosures: EnclosureReader;
  readonly pendingAnswers: PendingAnswers;
  readonly owners: Owners;
  readonly personalUse: PersonalUse;
  readonly speech: Speech;
};

interface GatewayHandlers {
  readonly reactions: ReactionQueue;
  readonly conversations: Conversations;
  readonly pendingAnswers: PendingAnswers;
  readonly missed: MissedByShard;
}

/** Connects the client to the services. */
export function connectEvents(parts: EventsParts): void {
  const { client, services, log, add, signals } = parts;
  // Handlers report and log their own failures; this logs whatever slips through.
  const work: Work = (task) => add(loggingFailures(task, log));
  const speech = new Speech({ client, ...services });
  const ballots = createBallotHandlers({ ...parts, ...signals, speech, work });
  const enclosures = createEnclosureReader(services, parts.fileOrigins, log);
  const { conversationGapHours: gapHours } = services.config;
  const conversations = new Conversations({ gapHours, enclosures, log });
  const isNew = createMemory();
  const { pendingAnswers, settle } = createPending({ ...parts, speech });
  const { shards } = services;
  services.limits.countServers(() => shards.everywhere(client.guilds.cache.size));
  // First of all: what follows asks which servers are ours.
  client.on(Events.ShardReady, (shard) => shards.add(shard, client.options.shardCount ?? 1));
  const owners = new Owners({
    application: () => client.application,
    ownerIds: services.config.ownerIds,
    clock: services.clock,
    log,
  });
  const personalUse = createPersonalUse({ client, services, owners, log });
  const handlers = {
    ...ballots,
    conversations,
    enclosures,
    pendingAnswers,
    speech,
    owners,
    personalUse,
  };
  const missed = connectMessages(parts, handlers, isNew, work);
  connectInteractions(parts, handlers, isNew, work);
  connectServers(parts, work);
  // A new session, unlike a resumed one, has missed what happened before it.
  client.on(Events.ShardReady, (shard) => {
    work(missed(shard).catchUp());
    work(ballots.catchUp.newSession(shard));
    work(settle());
  });
  // What members did while nothing could be stored still stands on Discord.
  const endListening = services.store.health.listen({
    onRecovery: () => {
      if (!signals.closing.aborted) work(ballots.catchUp.all());
    },
  });
  // A process that has lost its shards goes on with another client: this one must not stay in memory.
  signals.closing.addEventListener("abort", endListening);
  client.on(Events.Error, (error) => log.error({ event: "discord.error", err: error }));
  client.on(Events.Warn, (warning) => log.warn({ event: "discord.warning", warning }));
  connectGateway(parts, { ...handlers, missed }, work);
}

/** Returns what reads the messages that the gateway did not deliver, for each shard. */
function connectMessages(
  { client, services, log, signals }: EventsParts,
  handlers: ConversationHandlers,
  isNew: (id: string) => boolean,
  work: Work,
): MissedByShard {
  const { closing, stopping } = signals;
  const parts: MessageHandlerParts = {
    ...handlers,
    replies: services.replies,
    consents: services.consents,
    replyNotes: services.replyNotes,
    guildSettings: services.guildSettings,
    limits: services.limits,
    metrics: services.metrics,
    claims: services.messageClaims,
    closing,
    stopping,
    log,
  };
  const { messageClaims } = services;
  const answer = async (message: Message) => {
    // What comes at the end is left to the process that takes over.
    if (closing.aborted && messageClaims !== undefined) return;
    await (closing.aborted ? refuseMessage(message, parts) : handleMessage(message, parts));
  };
  const inTurn = new LateMessages(services.clock, answer);
  const handle = (message: Message) => {
    if (isNew(message.id)) work(inTurn.handle(message));
  };
  const byShard = new Map<number, MissedMessages>();
  const missed = (shard: number) => {
    const { clock } = services;
    const deletedAt = (member: MemberKey) => services.store.deletion.deletedAt(member);
    const parts = { client, shard, handle, deletedAt, closing, clock, log };
    const known = byShard.get(shard) ?? new MissedMessages({ ...parts, claims: messageClaims });
    byShard.set(shard, known);
    return known;
  };
  client.on(Events.MessageCreate, (message) => {
    missed(message.guild?.shardId ?? SHARD_OF_DIRECT_MESSAGES).delivered(message.id);
    handle(message);
  });
  return missed;
}

function connectInteractions(
  parts: EventsParts,
  {
    posting,
    elsewhere,
    display,
    conversations,
    enclosures,
    speech,
    asked,
    owners,
    personalUse,
  }: ConversationHandlers,
  isNew: (id: string) => boolean,
  work: Work,
): void {
  const { client, services, handlers, log, signals } = parts;
  const { closing, stopping } = signals;
  const asking = createAsking({
    services,
    asked,
    display,
    enclosures,
    personalUse,
    stopping,
    log,
  });
  const forCommands = commandServices(services, {
    another: createAnother({ ...parts, conversations }),
    asking,
    posting,
    elsewhere,
    display,
    owners,
    conversations,
    speech,
    log,
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (!isNew(interaction.id)) return;
    if (!closing.aborted) work(handleInteraction(interaction, handlers, forCommands, stopping));
    else if (interaction.isRepliable()) {
      const say = speakerOf(languageOf(interaction.locale));
      work(replyPrivately(interaction, say("messages.restarting"), log));
    }
  });
}

/** The bot joins a server, or leaves one. */
function connectServers({ client, services }: EventsParts, work: Work): void {
  const { departures, votes } = services;
  // An outage is another event: this one means that the bot was removed, or the server deleted.
  client.on(Events.GuildDelete, ({ id }) => {
    if (!isSnowflake(id)) return;
    work(departures.left(id));
    work(votes.closeWhere({ guild: id }));
  });
  client.on(Events.GuildCreate, ({ id }) => work(departures.present(id)));
}

/** What is read from the gateway itself. */
function connectGateway(
  { client, services, signals }: EventsParts,
  { reactions, conversations, pendingAnswers, missed }: GatewayHandlers,
  work: Work,
): void {
  const { departures, shards, votes } = services;
  listenToGateway(client, {
    reacted: (event) => {
      // A reaction that comes now is found by the catching up at the next start.
      const hasIds = isSnowflake(event.messageId) && isSnowflake(event.userId);
      if (!signals.closing.aborted && hasIds) reactions.add(event);
    },
    messagesDeleted: (messageIds) => {
      pendingAnswers.deleted(messageIds);
      work(votes.close(...messageIds.filter(isSnowflake)));
    },
    channelChanged: (channelId) => conversations.changed(channelId),
    channelsDeleted: (channelIds) => {
      pendingAnswers.channelsDeleted(new Set(channelIds));
      for (const channel of channelIds) work(votes.closeWhere({ channel }));
    },
    sessionBegins: (shard) => missed(shard).sessionBegins(),
    channelsListed: (channels, shard) => missed(shard).listed(channels),
    sessionRenewed: (guildIds, shard) =>
      work(departures.reconcile(guildIds, (guildId) => shards.isOn(shard, guildId))),
  });
}

/** Returns whether an id is seen for the first time. */
function createMemory(): (id: string) => boolean {
  const seen = new LRUCache<string, true>({ max: REMEMBERED });
  return (id) => {
    if (seen.has(id)) return false;
    seen.set(id, true);
    return true;
  };
}

async function loggingFailures(task: Promise<unknown>, log: Log): Promise<void> {
  try {
    await task;
  } catch (error) {
    logFailure(log, { event: "discord.handler-failed" }, error);
  }
}
