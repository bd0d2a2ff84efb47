/**
 * What a command is: a definition, whom it is for, and a handler; and what answers buttons, menus and
 * forms. Nobody here checks who may, or asks Discord for time: the caller does so for all.
 */
import type {
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { Services } from "../../compose.js";
import type { Log } from "../../shared/log.js";
import type { BallotMessages } from "../ballots/ballot-messages.js";
import type { Needs } from "./access.js";
import type { Owners } from "./owners.js";

/** The services that commands may call. */
export interface CommandServices extends Services {
  readonly ballotMessages: BallotMessages;
  readonly owners: Owners;
  readonly log: Log;
}

export interface Command {
  readonly definition: RESTPostAPIApplicationCommandsJSONBody;
  /** Whom it is for: one for all of it, or one for each subcommand. */
  readonly needs: Needs | Readonly<Record<string, Needs>>;
  /** True where it answers with a form, which Discord takes as the first answer alone. */
  readonly opensForm?: boolean;
  /** For a slash command. Unless it opens a form, its answer is deferred: `editReply` gives it. */
  execute?(interaction: ChatInputCommandInteraction, services: CommandServices): Promise<void>;
  /** For a command in the menu of a message; deferred as well. */
  executeOn?(
    interaction: MessageContextMenuCommandInteraction,
    services: CommandServices,
  ): Promise<void>;
}

export type ComponentInteraction = MessageComponentInteraction | ModalSubmitInteraction;

/** What answers the buttons, menus and forms whose custom id matches `ids` as a whole. */
export interface ComponentHandler {
  /** What comes before the first colon of its custom ids. */
  readonly prefix: string;
  /** Every custom id that it makes. Others are refused before it hears of them. */
  readonly ids: RegExp;
  readonly needs: Needs;
  /**
   * What Discord is told at once: that a private answer follows, or that the message will change.
   * "own" where the handler does it, as the first thing.
   */
  readonly acknowledges: "reply" | "update" | "own";
  respond(interaction: ComponentInteraction, services: CommandServices): Promise<void>;
}
