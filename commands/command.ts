/** What a slash command is: a definition, a handler, and a handler for its buttons. */
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord.js";
import type { Profiles } from "../src/profiles/profiles.js";
import type { Retraining } from "../src/training/retraining.js";

/** The services that commands may call. */
export interface CommandServices {
  readonly profiles: Profiles;
  readonly retraining: Retraining;
}

export interface Command {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, services: CommandServices): Promise<void>;
  /** Buttons whose custom id starts with the command's name and a colon. */
  press?(interaction: ButtonInteraction, services: CommandServices): Promise<void>;
}
