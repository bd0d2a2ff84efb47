/** What a command is: a definition and a handler; and what answers buttons, menus and forms. */
import type {
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { BallotMessages } from "../src/discord/ballot-messages.js";
import type { Log } from "../src/log.js";
import type { Services } from "../src/services.js";

/** The services that commands may call. */
export interface CommandServices extends Services {
  readonly ballotMessages: BallotMessages;
  readonly log: Log;
}

export interface Command {
  readonly definition: RESTPostAPIApplicationCommandsJSONBody;
  /** For a slash command. */
  execute?(interaction: ChatInputCommandInteraction, services: CommandServices): Promise<void>;
  /** For a command in the menu of a message. */
  executeOn?(
    interaction: MessageContextMenuCommandInteraction,
    services: CommandServices,
  ): Promise<void>;
}

export type ComponentInteraction = MessageComponentInteraction | ModalSubmitInteraction;

/** What answers the buttons, menus and forms whose custom id starts with `prefix` and a colon. */
export interface ComponentHandler {
  readonly prefix: string;
  respond(interaction: ComponentInteraction, services: CommandServices): Promise<void>;
}
