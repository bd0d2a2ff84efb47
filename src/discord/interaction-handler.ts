/** From an interaction to the command, or to what answers the button, the menu or the form. */
import { type Interaction, MessageFlags, type RepliableInteraction } from "discord.js";
import type { Command, CommandServices, ComponentHandler } from "../../commands/command.js";
import type { Log } from "../log.js";
import { StoreUnavailableError } from "../storage/store-error.js";
import { untilAborted } from "../until-aborted.js";
import { BadIdError, isSnowflake, memberOf } from "./addressing.js";
import { isRefusal, isTooLate, logFailure } from "./discord-errors.js";
import { RESTARTING, StoppingError } from "./stopping.js";

const FAILED = "Something went wrong on my side, sorry. Please try again in a minute.";
const NOT_ALLOWED =
  "Discord does not let me do that here. It may be my permissions in this channel, or the rules for messages (AutoMod): an admin can look.";

const NOT_KEPT =
  "I can't save anything at the moment, so this was not kept. Please try again in a few minutes.";

export interface InteractionHandlers {
  readonly commands: readonly Command[];
  readonly components: readonly ComponentHandler[];
}

/** Runs the handler of `interaction`. Never throws: a failure is told and logged. */
export async function handleInteraction(
  interaction: Interaction,
  handlers: InteractionHandlers,
  services: CommandServices,
  stopping: AbortSignal,
): Promise<void> {
  const { log } = services;
  try {
    await untilAborted(run(interaction, handlers, services), stopping);
  } catch (error) {
    const facts = { interactionId: interaction.id };
    if (error instanceof StoppingError) log.info({ event: "command.interrupted", ...facts });
    else logFailure(log, { event: "command.failed", ...facts }, error);
    // Discord has already told the member that the bot did not answer in time.
    if (isTooLate(error) || !interaction.isRepliable()) return;
    await tellFailure(interaction, stopping.aborted ? RESTARTING : sentenceOf(error), log);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof StoreUnavailableError) return NOT_KEPT;
  return isRefusal(error) ? NOT_ALLOWED : FAILED;
}

async function run(
  interaction: Interaction,
  { commands, components }: InteractionHandlers,
  services: CommandServices,
): Promise<void> {
  checkIds(interaction);
  if (interaction.isChatInputCommand()) {
    await commands.find(named(interaction.commandName))?.execute?.(interaction, services);
  } else if (interaction.isMessageContextMenuCommand()) {
    await commands.find(named(interaction.commandName))?.executeOn?.(interaction, services);
  } else if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
    const [prefix] = interaction.customId.split(":");
    await components.find((one) => one.prefix === prefix)?.respond(interaction, services);
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

/** Tells the member in one sentence that it came to nothing. Never throws. */
export async function tellFailure(
  interaction: RepliableInteraction,
  content: string,
  log: Log,
): Promise<void> {
  try {
    // What a button belongs to stays as it is: the failure comes beside it.
    const answersInPlace = interaction.isMessageComponent() && interaction.ephemeral === null;
    if (answersInPlace && (interaction.deferred || interaction.replied)) {
      await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
    } else if (interaction.deferred || interaction.replied) await interaction.editReply(content);
    else await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  } catch (error) {
    logFailure(log, { event: "command.untold", interactionId: interaction.id }, error);
  }
}
