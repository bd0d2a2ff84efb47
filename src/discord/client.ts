/** The discord.js client as Attune needs it: no privileged intent, nothing it sends can ping. */
import {
  Client,
  DefaultRestOptions,
  GatewayIntentBits,
  MessageFlags,
  Options,
  Partials,
} from "discord.js";

/** Flags of every answer: links in it show no preview. */
export const ANSWER_FLAGS = MessageFlags.SuppressEmbeds;

const CACHED_MESSAGES_PER_CHANNEL = 15;

/**
 * A client that is not logged in yet. `apiUrl` is Discord's or a proxy's, without the version; more
 * than `requestsPerSecond` requests wait for the next second.
 */
export function createClient(
  apiUrl: string,
  requestsPerSecond: number = DefaultRestOptions.globalRequestsPerSecond,
): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.DirectMessageReactions,
    ],
    // Ballots outlive the cache: reactions on messages from before a restart come as partials.
    partials: [Partials.Channel, Partials.Message, Partials.Reaction, Partials.User],
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: CACHED_MESSAGES_PER_CHANNEL,
    }),
    rest: { api: apiUrl, version: "10", globalRequestsPerSecond: requestsPerSecond },
  });
}
