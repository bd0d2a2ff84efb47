/**
 * The discord.js client as Attune needs it: no privileged intent, nothing it sends can ping, and
 * caches that do not grow with the number of members or channels. Messages that leave the cache and
 * are replied to later are fetched again.
 */
import {
  Client,
  DefaultRestOptions,
  GatewayIntentBits,
  MessageFlags,
  Options,
  Partials,
} from "discord.js";
import type { ShardConfig } from "../../shared/environment/shard-variables.js";
import type { Log } from "../../shared/log.js";
import { PatientStrategy } from "./patient-strategy.js";
import { ALL_SHARDS, shardOptions } from "./shard-options.js";

/** Flags of every answer: links in it show no preview. */
export const ANSWER_FLAGS = MessageFlags.SuppressEmbeds;

const CACHED_MESSAGES_PER_CHANNEL = 15;
const CACHED_MEMBERS = 20;
const SWEEP_SECONDS = 10;

/**
 * A client that is not logged in yet. `apiUrl` is Discord's or a proxy's, without the version; more
 * than `requestsPerSecond` requests wait for the next second. It connects those of the `shards` that are
 * this process's.
 */
export function createClient(
  apiUrl: string,
  log: Log,
  requestsPerSecond: number = DefaultRestOptions.globalRequestsPerSecond,
  shards: ShardConfig = ALL_SHARDS,
): Client {
  const client: Client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.DirectMessageReactions,
    ],
    // Direct message channels are unknown before somebody writes. No partials of messages: with one in
    // its cache, discord.js takes the message itself for a repetition.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: CACHED_MESSAGES_PER_CHANNEL,
      ReactionUserManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: CACHED_MEMBERS, keepOverLimit: isSelf },
      GuildMemberManager: { maxSize: CACHED_MEMBERS, keepOverLimit: isSelf },
    }),
    sweepers: {
      ...Options.DefaultSweeperSettings,
      messages: {
        interval: SWEEP_SECONDS,
        filter: () => isTooOld(messageCaches(client), Date.now()),
      },
    },
    ...shardOptions(shards),
    ws: { buildStrategy: (manager) => new PatientStrategy(manager, log) },
    rest: { api: apiUrl, version: "10", globalRequestsPerSecond: requestsPerSecond },
  });
  return client;
}

function* messageCaches(client: Client) {
  for (const channel of client.channels.cache.values()) {
    if (channel.isTextBased()) yield channel.messages.cache;
  }
}

function isSelf({ id, client }: { readonly id: string; readonly client: Client }): boolean {
  return id === client.user?.id;
}

/** The most messages in the cache, of all channels together; each takes a few kilobytes. */
const MOST_MESSAGES = 3_000;
const LIFETIME_MS = 60 * 60 * 1000;

/** Milliseconds since 1970. */
interface Dated {
  readonly createdTimestamp: number;
}

type Cache = { values(): IterableIterator<Dated> };

/** Whether a message in one of `caches` is too old, or not among the newest, and leaves the cache. */
export function isTooOld(
  caches: Iterable<Cache>,
  now: number,
  mostMessages: number = MOST_MESSAGES,
): (message: Dated) => boolean {
  const times: number[] = [];
  for (const cache of caches) {
    for (const { createdTimestamp } of cache.values()) times.push(createdTimestamp);
  }
  const [oldest = 0] = Float64Array.from(times).sort().subarray(-mostMessages);
  const limit = Math.max(oldest, now - LIFETIME_MS);
  return ({ createdTimestamp }) => createdTimestamp < limit;
}
