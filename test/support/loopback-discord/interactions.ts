/** Slash commands, context menus, buttons, select menus and modals, as the member's client sends them. */
import type { Gateway } from "./gateway.js";
import {
  answerPayload,
  editAnswer,
  type InteractionAnswer,
  newAnswer,
} from "./interaction-answers.js";
import {
  APPLICATION_COMMAND,
  buttonData,
  type CommandOption,
  commandData,
  MANAGING,
  MESSAGE_COMPONENT,
  MODAL_SUBMIT,
  type Modal,
  modalData,
  ORDINARY,
  selectData,
} from "./interaction-data.js";
import type { MessageBody } from "./message-rules.js";
import { channelPayload, memberPayload, messagePayload, userPayload } from "./payloads.js";
import { RestError, unknownInteraction, unknownWebhook } from "./rest-error.js";
import { editMessage, messageEvent, type RouteTable } from "./routes.js";
import { snowflake } from "./snowflakes.js";
import type { Channel, StoredMessage, User, World } from "./world.js";

const REPLY = 4;
const DEFERRED_REPLY = 5;
const UPDATE = 7;
const MODAL = 9;
const MESSAGE_COMMAND = 3;

/** One interaction and what has come of it so far. */
export interface OpenInteraction {
  readonly id: string;
  readonly token: string;
  readonly user: User;
  readonly channel: Channel;
  /** What a component belongs to: an answer to an earlier interaction, or a message in the channel. */
  readonly from: InteractionAnswer | StoredMessage | undefined;
  answer: InteractionAnswer | undefined;
  modal: Modal | undefined;
  acknowledged: boolean;
  readonly followUps: InteractionAnswer[];
}

export class Interactions {
  readonly #open = new Map<string, OpenInteraction>();
  /** The locale of every member's client, except for {@link locales}. */
  locale = "en-GB";
  /** The locales of some members' clients, by their id. */
  readonly locales = new Map<string, string>();

  constructor(
    private readonly world: World,
    private readonly gateway: Gateway,
  ) {}

  /** A member calls `/name subcommand` with `options`. */
  command(
    user: User,
    channel: Channel,
    name: string,
    subcommand?: string,
    given: readonly CommandOption[] = [],
  ): OpenInteraction {
    const data = { ...commandData(name, subcommand, given), id: this.#commandId(name) };
    return this.#dispatch(user, channel, APPLICATION_COMMAND, data);
  }

  /** A member picks the command `name` from the menu of `message`. */
  contextMenu(user: User, channel: Channel, name: string, message: StoredMessage): OpenInteraction {
    return this.#dispatch(user, channel, APPLICATION_COMMAND, {
      id: this.#commandId(name),
      name,
      type: MESSAGE_COMMAND,
      target_id: message.id,
      // Whoever calls a command on a message lets the bot read it.
      resolved: { messages: { [message.id]: messagePayload(message, this.world) } },
    });
  }

  /** A member presses the button `customId` below `from`. */
  press(
    user: User,
    channel: Channel,
    from: InteractionAnswer | StoredMessage,
    customId: string,
  ): OpenInteraction {
    return this.#dispatch(user, channel, MESSAGE_COMPONENT, buttonData(customId), from);
  }

  /** A member chooses `values` in the select menu `customId` below `from`. */
  select(
    user: User,
    channel: Channel,
    from: InteractionAnswer | StoredMessage,
    customId: string,
    values: readonly (string | Channel)[],
  ): OpenInteraction {
    return this.#dispatch(user, channel, MESSAGE_COMPONENT, selectData(customId, values), from);
  }

  /** A member fills in `modal` and sends it. */
  submit(
    user: User,
    channel: Channel,
    modal: Modal,
    values: Readonly<Record<string, string>>,
  ): OpenInteraction {
    return this.#dispatch(user, channel, MODAL_SUBMIT, modalData(modal, values));
  }

  routes(): RouteTable {
    const original = "webhooks/*/*/messages/@original";
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
      ["POST", "webhooks/*/*", ({ path, body }) => this.#followUp(path[1]!, body as MessageBody)],
      ["GET", original, ({ path }) => this.#shown(this.#acknowledged(path[1]!))],
      [
        "PATCH",
        original,
        ({ path, body }) => {
          const open = this.#acknowledged(path[1]!);
          this.#edit(open, body as MessageBody);
          return this.#shown(open);
        },
      ],
      [
        "DELETE",
        original,
        ({ path }) => {
          const open = this.#acknowledged(path[1]!);
          const target = open.answer ?? open.from;
          if (target === undefined) throw unknownWebhook();
          if ("deleted" in target) target.deleted = true;
          else this.world.messages.delete(target.id);
        },
      ],
    ];
  }

  #permissionsOf({ id }: User): string {
    return String(this.world.managers.has(id) ? MANAGING : ORDINARY);
  }

  #commandId(name: string): unknown {
    return this.world.commands.find((command) => command.name === name)?.id ?? snowflake();
  }

  #dispatch(
    user: User,
    channel: Channel,
    type: number,
    data: object,
    from?: InteractionAnswer | StoredMessage,
  ): OpenInteraction {
    const open: OpenInteraction = {
      id: snowflake(),
      token: `token-${snowflake()}`,
      user,
      channel,
      from,
      answer: undefined,
      modal: undefined,
      acknowledged: false,
      followUps: [],
    };
    this.#open.set(open.token, open);
    this.gateway.dispatch("INTERACTION_CREATE", {
      id: open.id,
      application_id: this.world.bot.id,
      type,
      token: open.token,
      version: 1,
      channel_id: channel.id,
      channel: channelPayload(channel),
      locale: this.locales.get(user.id) ?? this.locale,
      entitlements: [],
      authorizing_integration_owners: {},
      attachment_size_limit: 10_485_760,
      app_permissions: String(ORDINARY),
      data,
      ...(from && { message: this.#payload(from, channel) }),
      ...(channel.guildId
        ? { guild_id: channel.guildId, member: memberPayload(user, this.#permissionsOf(user)) }
        : { user: userPayload(user) }),
    });
    return open;
  }

  #acknowledge(open: OpenInteraction, { type, data = {} }: { type: number; data?: MessageBody }) {
    if (open.acknowledged) {
      throw new RestError(400, 40060, "Interaction has already been acknowledged.");
    }
    open.acknowledged = true;
    if (type === MODAL) open.modal = data as unknown as Modal;
    if (type === UPDATE) this.#edit(open, data);
    if (type !== REPLY && type !== DEFERRED_REPLY) return;
    open.answer = newAnswer(data);
    if (type === REPLY) editAnswer(open.answer, data);
    this.#showOpenly(open, open.answer);
  }

  /** What everybody sees is a message of the channel. */
  #showOpenly({ id, user, channel }: OpenInteraction, answer: InteractionAnswer): void {
    if (answer.ephemeral) return;
    const before = this.world.messages.get(answer.id);
    const shown = this.world.addMessage({
      ...{
        id: answer.id,
        channelId: channel.id,
        author: this.world.bot,
        interaction: { id, user },
      },
      ...{ content: answer.content, embeds: answer.embeds, components: answer.components },
    });
    const event = before === undefined ? "MESSAGE_CREATE" : "MESSAGE_UPDATE";
    this.gateway.dispatch(event, messageEvent(shown, this.world));
  }

  /** The original answer is the bot's own one, or what the component belongs to. */
  #edit(open: OpenInteraction, body: MessageBody): void {
    if (open.answer !== undefined) {
      editAnswer(open.answer, body);
      this.#showOpenly(open, open.answer);
    } else if (open.from === undefined) throw unknownWebhook();
    else if ("thinking" in open.from) editAnswer(open.from, body);
    else {
      editMessage(this.world, open.from, body);
      this.gateway.dispatch("MESSAGE_UPDATE", this.#payload(open.from, open.channel));
    }
  }

  #followUp(token: string, body: MessageBody): object {
    const open = this.#acknowledged(token);
    const answer = newAnswer(body);
    editAnswer(answer, body);
    open.followUps.push(answer);
    return answerPayload(answer, open.channel, this.world);
  }

  #acknowledged(token: string): OpenInteraction {
    const open = this.#open.get(token);
    if (open?.acknowledged !== true) throw unknownWebhook();
    return open;
  }

  #shown({ answer, from, channel }: OpenInteraction): object {
    const target = answer ?? from;
    if (target === undefined) throw unknownWebhook();
    return this.#payload(target, channel);
  }

  #payload(target: InteractionAnswer | StoredMessage, channel: Channel): object {
    return "thinking" in target
      ? answerPayload(target, channel, this.world)
      : messagePayload(target, this.world);
  }

  #callback(open: OpenInteraction): object {
    const { id, answer, channel } = open;
    return {
      interaction: { id, type: APPLICATION_COMMAND, response_message_id: answer?.id },
      resource: {
        type: REPLY,
        ...(answer && { message: answerPayload(answer, channel, this.world) }),
      },
    };
  }
}
