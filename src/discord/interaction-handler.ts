/** From an interaction to the command it belongs to. */
import { type Interaction, MessageFlags, type RepliableInteraction } from "discord.js";
import type { Command, CommandServices } from "../../commands/command.js";
import type { Log } from "../log.js";

const FAILED = "Something went wrong on my side, sorry. Please try again in a minute.";

/** Runs the command of `interaction`. Never throws: a failure is told and logged. */
export async function handleInteraction(
  interaction: Interaction,
  commands: readonly Command[],
  services: CommandServices,
  log: Log,
): Promise<void> {
  try {
    if (interaction.isChatInputCommand()) {
      await commands.find(named(interaction.commandName))?.execute(interaction, services);
    } else if (interaction.isButton()) {
      const [name = ""] = interaction.customId.split(":");
      await commands.find(named(name))?.press?.(interaction, services);
    }
  } catch (error) {
    log.error({ event: "command.failed", interactionId: interaction.id, err: error });
    if (interaction.isRepliable()) await tellFailure(interaction, log);
  }
}

function named(name: string): (command: Command) => boolean {
  return (command) => command.definition.name === name;
}

async function tellFailure(interaction: RepliableInteraction, log: Log): Promise<void> {
  try {
    if (interaction.deferred || interaction.replied) await interaction.editReply(FAILED);
    else await interaction.reply({ content: FAILED, flags: MessageFlags.Ephemeral });
  } catch (error) {
    log.warn({ event: "command.untold", interactionId: interaction.id, err: error });
  }
}
