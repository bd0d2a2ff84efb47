/**
 * What a command is: a definition, whom it is for, and a handler; and what answers buttons, menus and
 * forms. The dispatcher checks permissions, asks Discord for time and knows the caller's language: what
 * a handler answers, it says with `say`.
 */
import type {
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { Say } from "../../language/say.js";
import type { Needs } from "./access.js";
import type { CommandServices } from "./command-services.js";

export interface Command {
  readonly definition: RESTPostAPIApplicationCommandsJSONBody;
  /** Who may call it: one rule for all of it, or one for each subcommand. */
  readonly needs: Needs | Readonly<Record<string, Needs>>;
  /** Whether it, or which of its subcommands, answers with a form: Discord takes one as a first answer only. */
  readonly opensForm?: true | readonly string[];
  /** Whether everybody sees the answer; only who calls it where not given. */
  answersOpenly?(interaction: ChatInputCommandInteraction): boolean;
  /** True if it answers Discord itself, before anything else; otherwise its answer is deferred. */
  readonly acknowledges?: "own";
  /** For a slash command. Unless it opens a form, its answer is deferred: it answers with `editReply`. */
  execute?(
    interaction: ChatInputCommandInteraction,
    services: CommandServices,
    say: Say,
  ): Promise<void>;
  /** For a command in the menu of a message; deferred as well. */
  executeOn?(
    interaction: MessageContextMenuCommandInteraction,
    services: CommandServices,
    say: Say,
  ): Promise<void>;
}

export type ComponentInteraction = MessageComponentInteraction | ModalSubmitInteraction;

/** What answers the buttons, menus and forms whose custom id matches `ids` as a whole. */
export interface ComponentHandler {
  /** What comes before the first colon of its custom ids. */
  readonly prefix: string;
  /** Every custom id that it makes. Others are refused before it is called. */
  readonly ids: RegExp;
  readonly needs: Needs;
  /**
   * How Discord is answered at once: a private reply follows, or the message will change. "own" if the
   * handler does that itself, before anything else.
   */
  readonly acknowledges: "reply" | "update" | "own";
  respond(interaction: ComponentInteraction, services: CommandServices, say: Say): Promise<void>;
}
