/** From an interaction to the command, or to what answers the button, the menu or the form. */
import { type Interaction, MessageFlags, type RepliableInteraction } from "discord.js";
import type { Command, CommandServices, ComponentHandler } from "../../commands/command.js";
import type { Log } from "../log.js";
import { BadIdError, isSnowflake, memberOf } from "./addressing.js";

const FAILED = "Something went wrong on my side, sorry. Please try again in a minute.";

export interface InteractionHandlers {
  readonly commands: readonly Command[];
  readonly components: readonly ComponentHandler[];
}

/** Runs the handler of `interaction`. Never throws: a failure is told and logged. */
export async function handleInteraction(
  interaction: Interaction,
  { commands, components }: InteractionHandlers,
  services: CommandServices,
): Promise<void> {
  const { log } = services;
  try {
    checkIds(interaction);
    if (interaction.isChatInputCommand()) {
      await commands.find(named(interaction.commandName))?.execute?.(interaction, services);
    } else if (interaction.isMessageContextMenuCommand()) {
      await commands.find(named(interaction.commandName))?.executeOn?.(interaction, services);
    } else if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
      const [prefix] = interaction.customId.split(":");
      await components.find((one) => one.prefix === prefix)?.respond(interaction, services);
    }
  } catch (error) {
    log.error({ event: "command.failed", interactionId: interaction.id, err: error });
    if (interaction.isRepliable()) await tellFailure(interaction, log);
  }
}

/** Throws `BadIdError` where the member, the server or the message can't be one. */
function checkIds(interaction: Interaction): void {
  memberOf(interaction, interaction.user.id);
  if (interaction.isMessageComponent() && !isSnowflake(interaction.message.id)) {
    throw new BadIdError();
  }
}

function named(name: string): (command: Command) => boolean {
  return (command) => command.definition.name === name;
}

async function tellFailure(interaction: RepliableInteraction, log: Log): Promise<void> {
  try {
    // What a button belongs to stays as it is: the failure comes beside it.
    const isComponent = interaction.isMessageComponent();
    if (isComponent && (interaction.deferred || interaction.replied)) {
      await interaction.followUp({ content: FAILED, flags: MessageFlags.Ephemeral });
    } else if (interaction.deferred || interaction.replied) await interaction.editReply(FAILED);
    else await interaction.reply({ content: FAILED, flags: MessageFlags.Ephemeral });
  } catch (error) {
    log.warn({ event: "command.untold", interactionId: interaction.id, err: error });
  }
}
