/** Slash commands, context menus, buttons, select menus and modals, as the member's client sends them. */
import {
  BOT_DM,
  GUILD,
  GUILD_INSTALL,
  isOffered,
  PRIVATE_CHANNEL,
  USER_INSTALL,
} from "./command-rules.js";
import type { Gateway } from "./gateway.js";
import type { InteractionAnswer } from "./interaction-answers.js";
import {
  APPLICATION_COMMAND,
  ATTACH_FILES,
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
import {
  ATTACHMENT_SIZE_LIMIT,
  InteractionResponses,
  type OpenInteraction,
} from "./interaction-responses.js";
import type { PatientClock } from "./patient-clock.js";
import { channelPayload, memberPayload, userPayload } from "./payloads.js";
import type { RouteTable } from "./routes.js";
import { snowflake } from "./snowflakes.js";
import type { Channel, StoredMessage, User, World } from "./world.js";

const MESSAGE_COMMAND = 3;

export class Interactions {
  /** The locale of every member's client, except for {@link locales}. */
  locale = "en-GB";
  /** The locales of some members' clients, by their id. */
  readonly locales = new Map<string, string>();
  readonly #responses: InteractionResponses;

  constructor(
    private readonly world: World,
    private readonly gateway: Gateway,
    private readonly clock: PatientClock,
  ) {
    this.#responses = new InteractionResponses(world, gateway, clock);
  }

  /** A member calls `/name subcommand` with `options`. */
  command(
    user: User,
    channel: Channel,
    name: string,
    subcommand?: string,
    given: readonly CommandOption[] = [],
  ): OpenInteraction {
    const data = { ...commandData(name, subcommand, given), id: this.#commandId(name) };
    this.#checkOffer(user, channel, name);
    return this.#dispatch(user, channel, APPLICATION_COMMAND, data);
  }

  /** A member picks the command `name` from the menu of `message`. */
  contextMenu(
    user: User,
    channel: Channel,
    name: string,
    message: StoredMessage | InteractionAnswer,
  ): OpenInteraction {
    this.#checkOffer(user, channel, name);
    return this.#dispatch(user, channel, APPLICATION_COMMAND, {
      id: this.#commandId(name),
      name,
      type: MESSAGE_COMMAND,
      target_id: message.id,
      // Whoever calls a command on a message lets the bot read it.
      resolved: { messages: { [message.id]: this.#responses.payload(message, channel) } },
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

  /** A member fills in `modal` and sends it; a button below `from` may have opened it. */
  submit(
    user: User,
    channel: Channel,
    modal: Modal,
    values: Readonly<Record<string, string>>,
    from?: InteractionAnswer | StoredMessage,
  ): OpenInteraction {
    return this.#dispatch(user, channel, MODAL_SUBMIT, modalData(modal, values), from);
  }

  /** Lets `ms` milliseconds of Discord's deadlines pass. */
  pass(ms: number): void {
    this.clock.pass(ms);
  }

  routes(): RouteTable {
    return this.#responses.routes();
  }

  #permissionsOf({ id }: User): string {
    return String(this.world.managers.has(id) ? MANAGING : ORDINARY);
  }

  #commandId(name: string): unknown {
    return this.world.commands.find((command) => command.name === name)?.id ?? snowflake();
  }

  /** Fails a test that calls what Discord does not show there. */
  #checkOffer(user: User, channel: Channel, name: string): void {
    const owners = this.#ownersOf(user, channel);
    if (!channel.beyond || isOffered(this.world, name, contextOf(channel), owners)) return;
    throw new Error(`Discord does not offer “${name}” to ${user.username} in ${channel.name}.`);
  }

  /** By the way of installation, whose it is: the server's, or the user's own. */
  #ownersOf({ id }: User, channel: Channel): Record<string, string> {
    const isUsers = this.world.installed.has(id);
    return {
      ...(!channel.beyond && { [GUILD_INSTALL]: channel.guildId ?? "0" }),
      ...(isUsers && { [USER_INSTALL]: id }),
    };
  }

  #dispatch(
    user: User,
    channel: Channel,
    type: number,
    data: object,
    from?: InteractionAnswer | StoredMessage,
  ): OpenInteraction {
    const isAnswer = from !== undefined && "owners" in from;
    const open: OpenInteraction = {
      id: snowflake(),
      token: `token-${snowflake()}`,
      type,
      user,
      channel,
      // Whoever presses a button acts by the installation that the message came by.
      owners: isAnswer ? from.owners : this.#ownersOf(user, channel),
      madeAt: this.clock.now,
      from,
      answer: undefined,
      modal: undefined,
      acknowledged: false,
      followUps: [],
    };
    this.#responses.add(open);
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
      authorizing_integration_owners: open.owners,
      context: contextOf(channel),
      attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
      app_permissions: String(
        this.world.withoutFiles.has(channel.id) ? ORDINARY & ~ATTACH_FILES : ORDINARY,
      ),
      data,
      ...(from && { message: this.#responses.payload(from, channel) }),
      ...(channel.guildId
        ? { guild_id: channel.guildId, member: memberPayload(user, this.#permissionsOf(user)) }
        : { user: userPayload(user) }),
    });
    return open;
  }
}

function contextOf({ beyond, guildId }: Channel): number {
  if (guildId !== undefined) return GUILD;
  return beyond ? PRIVATE_CHANNEL : BOT_DM;
}
