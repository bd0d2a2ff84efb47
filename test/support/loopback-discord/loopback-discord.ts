/**
 * A Discord of our own on a loopback port: enough of API v10 for the real discord.js client, and
 * verbs for what people do. Everything the bot sends can be looked at.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { unfinished } from "../../../src/discord/messages/waiting-mark.js";
import { waitFor } from "../wait-for.js";
import { Buckets } from "./buckets.js";
import { serveFile, serveFilesAt } from "./cdn.js";
import { Gateway } from "./gateway.js";
import type { InteractionAnswer } from "./interaction-answers.js";
import type { CommandOption } from "./interaction-data.js";
import type { OpenInteraction } from "./interaction-responses.js";
import { Interactions } from "./interactions.js";
import { PatientClock } from "./patient-clock.js";
import { channelPayload, guildPayload } from "./payloads.js";
import { RestServer } from "./rest.js";
import {
  changeReaction,
  createRoutes,
  messageEvent,
  type RouteTable,
  removeMessage,
} from "./routes.js";
import type { ShardPlace } from "./session.js";
import { snowflakeBefore, snowflakeOn } from "./snowflakes.js";
import type { Attachment, Channel, MessageExtras, StoredMessage, User } from "./world.js";
import { World } from "./world.js";

export interface LoopbackOptions {
  readonly token?: string;
  /** Requests per window for each route, and the window in milliseconds. */
  readonly rateLimit?: readonly [requests: number, windowMs: number];
}

export interface SayOptions {
  readonly mentionBot?: boolean;
  readonly mentionEveryone?: boolean;
  readonly replyTo?: StoredMessage;
  /** Whether a reply mentions whom it answers; true where not given. */
  readonly mentionRepliedUser?: boolean;
  readonly attachments?: readonly Attachment[];
  /** As previews of links are. */
  readonly embeds?: StoredMessage["embeds"];
  /** The message that is forwarded, from wherever. */
  readonly forwards?: StoredMessage;
  readonly extras?: MessageExtras;
  readonly flags?: number;
}

const GENEROUS: readonly [number, number] = [1_000, 1_000];

export type LoopbackDiscord = Awaited<ReturnType<typeof startLoopbackDiscord>>;

export async function startLoopbackDiscord(options: LoopbackOptions = {}) {
  const { token = "loopback-token", rateLimit = GENEROUS } = options;
  const world = new World();
  const fileRequests: URL[] = [];
  const server = createServer((request, response) => {
    if (serveFile(request, response, fileRequests)) return;
    rest.handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const port = () => (server.address() as AddressInfo).port;
  const gatewayUrl = () => `ws://127.0.0.1:${port()}`;
  const gateway = new Gateway(server, world, token, gatewayUrl);
  const deadlines = new PatientClock();
  const interactions = new Interactions(world, gateway, deadlines);
  let routes: RouteTable = [];
  const rest = new RestServer(token, new Buckets(...rateLimit), () => routes);
  routes = [...createRoutes(world, gateway, gatewayUrl), ...interactions.routes()];
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${port()}`;
  serveFilesAt(origin);

  return {
    token,
    /** Where files are, in the place of Discord's own hosts; and what was asked for there. */
    origin,
    fileRequests,
    world,
    gateway,
    rest,
    apiUrl: `http://127.0.0.1:${port()}/api`,
    requests: rest.requests,

    /** A server with one channel, which the bot has just joined; where `place` is given, on that shard. */
    createGuild(name: string, place?: ShardPlace) {
      const guild = world.addGuild(name, place && snowflakeOn(...place));
      const channel = world.addChannel(guild.id, "general");
      gateway.dispatch("GUILD_CREATE", guildPayload(guild, world));
      return { guild, channel };
    },

    /** One more channel on a server. */
    createChannel(guildId: string, name: string, type?: number): Channel {
      const channel = world.addChannel(guildId, name, undefined, type);
      gateway.dispatch("CHANNEL_CREATE", channelPayload(channel));
      return channel;
    },

    /** A thread in `parent`, made from `starter` if given; where `told` is false, the bot hears nothing of it. */
    createThread(parent: Channel, name: string, told = true, starter?: StoredMessage): Channel {
      const thread = world.addThread(parent, name, starter);
      if (told)
        gateway.dispatch("THREAD_CREATE", { ...channelPayload(thread), newly_created: true });
      return thread;
    },

    /** A channel or a thread is deleted with all that is in it; the threads of a channel silently. */
    deleteChannel(channel: Channel): void {
      world.removeChannel(channel.id);
      const type = channel.parentId === undefined ? "CHANNEL_DELETE" : "THREAD_DELETE";
      gateway.dispatch(type, channelPayload(channel));
    },

    /** A moderator deletes several messages of one channel at once. */
    removeInBulk(messages: readonly StoredMessage[]): void {
      for (const { id } of messages) world.messages.delete(id);
      gateway.dispatch("MESSAGE_DELETE_BULK", {
        ids: messages.map(({ id }) => id),
        channel_id: messages[0]?.channelId,
      });
    },

    /** A member writes in a channel. */
    say(author: User, channel: Channel, text: string, options: SayOptions = {}): StoredMessage {
      const { mentionBot = false, mentionEveryone = false, replyTo } = options;
      const repliesToBot = replyTo?.author.id === world.bot.id;
      const mentioned = mentionBot || (repliesToBot && (options.mentionRepliedUser ?? true));
      const message = world.addMessage({
        channelId: channel.id,
        author,
        content: mentionBot ? `<@${world.bot.id}> ${text}` : text,
        mentions: mentioned ? [world.bot] : [],
        mentionsEveryone: mentionEveryone,
        repliesTo: replyTo?.id,
        attachments: options.attachments ?? [],
        embeds: options.embeds ?? [],
        forwards: options.forwards,
        extras: options.extras ?? {},
        flags: options.flags ?? 0,
      });
      gateway.dispatch("MESSAGE_CREATE", messageEvent(message, world));
      return message;
    },

    /** Something that was said `hours` ago, while the bot was not there. */
    saidBefore(hours: number, message: Parameters<World["addMessage"]>[0]): StoredMessage {
      return world.addMessage({ ...message, id: snowflakeBefore(hours * 3_600_000) });
    },

    /** The direct message channel of `user`. */
    directChannel: (user: User): Channel =>
      [...world.channels.values()].find(({ recipient }) => recipient?.id === user.id) ??
      world.addChannel(undefined, "direct", user),

    react: (user: User, message: StoredMessage, emoji: string) =>
      changeReaction(world, gateway, message, user.id, emoji, true),
    unreact: (user: User, message: StoredMessage, emoji: string) =>
      changeReaction(world, gateway, message, user.id, emoji, false),
    superReact: (user: User, message: StoredMessage, emoji: string) =>
      changeReaction(world, gateway, message, user.id, emoji, true, true),
    superUnreact: (user: User, message: StoredMessage, emoji: string) =>
      changeReaction(world, gateway, message, user.id, emoji, false, true),
    remove: (message: StoredMessage) => removeMessage(world, gateway, message),

    interactions,

    /** A member calls a slash command; resolves with the first answer that is not "thinking". */
    async command(
      user: User,
      channel: Channel,
      name: string,
      subcommand?: string,
      options: readonly CommandOption[] = [],
    ) {
      return answered(interactions.command(user, channel, name, subcommand, options));
    },

    /** A member calls a command from the menu of `message`; resolves as {@link command}. */
    async contextMenu(
      user: User,
      channel: Channel,
      name: string,
      message: StoredMessage | InteractionAnswer,
    ) {
      return answered(interactions.contextMenu(user, channel, name, message));
    },

    /** A member presses the button labelled `label` below `from`. */
    press(
      user: User,
      channel: Channel,
      from: InteractionAnswer | StoredMessage,
      label: string,
    ): OpenInteraction {
      const buttons = from.components.flatMap(({ components }) => components);
      const button = buttons.find((one) => one.label === label);
      if (button === undefined || button.disabled) {
        const labels = buttons.map((one) => one.label).join(", ");
        throw new Error(`There is no button “${label}” to press, only: ${labels}.`);
      }
      return interactions.press(user, channel, from, button.custom_id);
    },

    /** Resolves with the bot's own answer to an interaction, once it is not "thinking". */
    answered,

    /** The bot is removed from a server, or the server is unavailable for a while. */
    leaveGuild(guildId: string, unavailable = false): void {
      if (!unavailable) world.removeGuild(guildId);
      gateway.dispatch("GUILD_DELETE", { id: guildId, ...(unavailable && { unavailable }) });
    },

    /** The bot's messages below `message`, once there are at least `count` that are finished. */
    answersTo(message: StoredMessage, count = 1): Promise<StoredMessage[]> {
      const sent = () => {
        const found = world
          .messagesIn(message.channelId)
          .filter(({ author, repliesTo }) => author.bot && repliesTo === message.id)
          .filter(({ content }) => unfinished(content) === undefined);
        return found.length >= count ? found : undefined;
      };
      return waitFor(sent, `an answer to “${message.content}”`);
    },

    /** All that the bot has sent to a channel. */
    sentTo: (channel: Channel) => world.messagesIn(channel.id).filter(({ author }) => author.bot),

    async close(): Promise<void> {
      gateway.close();
      deadlines.stop();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answered(open: OpenInteraction): Promise<InteractionAnswer> {
  const ready = () => (open.answer?.thinking === false ? open.answer : undefined);
  return waitFor(ready, "an answer to the interaction");
}
