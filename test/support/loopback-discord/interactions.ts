/** Slash commands and buttons: what the bot answers to them, which only the asking member sees. */
import type { Gateway } from "./gateway.js";
import { checkMessage, type MessageBody } from "./message-rules.js";
import { channelPayload, memberPayload, userPayload } from "./payloads.js";
import { RestError, unknownInteraction, unknownWebhook } from "./rest-error.js";
import type { RouteTable } from "./routes.js";
import { snowflake } from "./snowflakes.js";
import type { Channel, User, World } from "./world.js";

const EPHEMERAL = 1 << 6;
const APPLICATION_COMMAND = 2;
const MESSAGE_COMPONENT = 3;
const REPLY = 4;
const DEFERRED_REPLY = 5;
const UPDATE = 7;

/** The bot's answer to an interaction, as the member sees it. */
export interface InteractionAnswer {
  readonly id: string;
  content: string;
  components: { components: { custom_id: string; label: string }[] }[];
  readonly ephemeral: boolean;
  /** Whether it still says that the bot is thinking. */
  thinking: boolean;
  /** Every content it has shown, oldest first. */
  readonly history: string[];
}

interface Open {
  readonly id: string;
  readonly token: string;
  readonly user: User;
  readonly channel: Channel;
  /** The answer that a button belongs to, then the bot's own one. */
  answer: InteractionAnswer | undefined;
  acknowledged: boolean;
}

export class Interactions {
  /** By interaction token. */
  readonly #open = new Map<string, Open>();

  constructor(
    private readonly world: World,
    private readonly gateway: Gateway,
  ) {}

  /** A member calls `/name subcommand`. Returns what looks up the answer. */
  command(
    user: User,
    channel: Channel,
    name: string,
    subcommand?: string,
  ): () => InteractionAnswer | undefined {
    const id = this.world.commands.find((command) => command.name === name)?.id ?? snowflake();
    const options = subcommand === undefined ? [] : [{ type: 1, name: subcommand, options: [] }];
    const open = this.#start(user, channel, undefined);
    this.#dispatch(open, APPLICATION_COMMAND, { id, name, type: 1, options });
    return () => open.answer;
  }

  /** A member presses the button `customId` below `answer`, which the bot may change. */
  press(user: User, channel: Channel, answer: InteractionAnswer, customId: string): void {
    const open = this.#start(user, channel, answer);
    const message = { ...answerPayload(answer, channel, this.world), components: [] };
    this.#dispatch(open, MESSAGE_COMPONENT, { custom_id: customId, component_type: 2 }, message);
  }

  routes(): RouteTable {
    return [
      [
        "POST",
        "interactions/*/*/callback",
        ({ path, body, query }) => {
          const open = this.#open.get(path[1]!);
          if (open === undefined) throw unknownInteraction();
          this.#acknowledge(open, body as { type: number; data?: MessageBody });
          return query.get("with_response") === "true" ? this.#callback(open) : undefined;
        },
      ],
      ["GET", "webhooks/*/*/messages/@original", ({ path }) => this.#original(path[1]!)],
      [
        "PATCH",
        "webhooks/*/*/messages/@original",
        ({ path, body }) => {
          const open = this.#openWebhook(path[1]!);
          this.#edit(open.answer!, body as MessageBody);
          return this.#original(path[1]!);
        },
      ],
    ];
  }

  #start(user: User, channel: Channel, answer: InteractionAnswer | undefined): Open {
    const token = `token-${snowflake()}`;
    const open = { id: snowflake(), token, user, channel, answer, acknowledged: false };
    this.#open.set(token, open);
    return open;
  }

  #dispatch(open: Open, type: number, data: object, message?: object): void {
    const { user, channel } = open;
    this.gateway.dispatch("INTERACTION_CREATE", {
      id: open.id,
      application_id: this.world.bot.id,
      type,
      token: open.token,
      version: 1,
      channel_id: channel.id,
      channel: channelPayload(channel),
      locale: "en-GB",
      entitlements: [],
      authorizing_integration_owners: {},
      attachment_size_limit: 10_485_760,
      app_permissions: "559623605571137",
      data,
      ...(message && { message }),
      ...(channel.guildId
        ? { guild_id: channel.guildId, member: memberPayload(user, "559623605571137") }
        : { user: userPayload(user) }),
    });
  }

  #acknowledge(open: Open, { type, data = {} }: { type: number; data?: MessageBody }): void {
    if (open.acknowledged) {
      throw new RestError(400, 40060, "Interaction has already been acknowledged.");
    }
    open.acknowledged = true;
    if (type === UPDATE) this.#edit(open.answer!, data);
    if (type !== REPLY && type !== DEFERRED_REPLY) return;
    open.answer = {
      id: snowflake(),
      content: "",
      components: [],
      ephemeral: ((data.flags ?? 0) & EPHEMERAL) !== 0,
      thinking: true,
      history: [],
    };
    if (type === REPLY) this.#edit(open.answer, data);
  }

  #edit(answer: InteractionAnswer, body: MessageBody): void {
    checkMessage(body, true);
    if (typeof body.content === "string") answer.content = body.content;
    if (body.components) answer.components = body.components as InteractionAnswer["components"];
    answer.thinking = false;
    answer.history.push(answer.content);
  }

  #openWebhook(token: string): Open {
    const open = this.#open.get(token);
    if (open?.acknowledged !== true || open.answer === undefined) throw unknownWebhook();
    return open;
  }

  #original(token: string): object {
    const { answer, channel } = this.#openWebhook(token);
    return answerPayload(answer!, channel, this.world);
  }

  #callback({ id, answer, channel }: Open): object {
    return {
      interaction: { id, type: APPLICATION_COMMAND, response_message_id: answer?.id },
      resource: {
        type: REPLY,
        ...(answer && { message: answerPayload(answer, channel, this.world) }),
      },
    };
  }
}

function answerPayload(answer: InteractionAnswer, channel: Channel, world: World): object {
  return {
    id: answer.id,
    channel_id: channel.id,
    type: 20,
    author: userPayload(world.bot),
    content: answer.content,
    timestamp: "2024-01-01T00:00:00.000000+00:00",
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: answer.components,
    pinned: false,
    flags: answer.ephemeral ? EPHEMERAL : 0,
  };
}
