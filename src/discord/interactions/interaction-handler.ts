/**
 * Dispatches an interaction to its command, or to the handler of its button, menu or form. For all of
 * them, this tells Discord first that the answer takes a moment, and then checks permissions.
 */
import {
  type ChatInputCommandInteraction,
  type Interaction,
  InteractionContextType,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type RepliableInteraction,
} from "discord.js";
import { languageOf } from "../../language/languages.js";
import { type Say, speakerOf } from "../../language/say.js";
import { untilAborted } from "../../shared/deadline.js";
import type { Log } from "../../shared/log.js";
import { StoreUnavailableError } from "../../store/store-error.js";
import { isRefusal, isTooLate, logFailure } from "../gateway/discord-errors.js";
import { StoppingError } from "../gateway/stopping.js";
import { BadIdError, isSnowflake, memberOf } from "../messages/addressing.js";
import { type Needs, refusalOf } from "./access.js";
import type { Command, ComponentHandler, ComponentInteraction } from "./command.js";
import type { CommandServices } from "./command-services.js";

export interface InteractionHandlers {
  readonly commands: readonly Command[];
  readonly components: readonly ComponentHandler[];
}

/** Runs the handler of `interaction`. Never throws: it reports and logs failures. */
export async function handleInteraction(
  interaction: Interaction,
  handlers: InteractionHandlers,
  services: CommandServices,
  stopping: AbortSignal,
): Promise<void> {
  const { log } = services;
  try {
    await untilAborted(run(interaction, handlers, services), stopping);
    await rememberLanguage(interaction, services);
  } catch (error) {
    const facts = { interactionId: interaction.id };
    if (error instanceof StoppingError) log.info({ event: "command.interrupted", ...facts });
    else logFailure(log, { event: "command.failed", ...facts }, error);
    // Discord has already told the member that the bot did not answer in time.
    if (isTooLate(error) || !interaction.isRepliable()) return;
    // Whatever failed, this asks nobody: an unknown locale gets English.
    const say = speakerOf(languageOf(interaction.locale));
    const sentence = stopping.aborted ? say("messages.restarting") : sentenceOf(error, say);
    await replyPrivately(interaction, sentence, log);
  }
}

/** The answer is there by now, so a failure is logged only. */
async function rememberLanguage(
  interaction: Interaction,
  { speech, log }: CommandServices,
): Promise<void> {
  try {
    if (interaction.isRepliable()) await speech.remember(interaction);
  } catch (error) {
    logFailure(log, { event: "command.failed", interactionId: interaction.id }, error);
  }
}

function sentenceOf(error: unknown, say: Say): string {
  if (error instanceof StoreUnavailableError) return say("interactions.notSaved");
  return say(isRefusal(error) ? "interactions.notAllowed" : "messages.failed");
}

async function run(
  interaction: Interaction,
  { commands, components }: InteractionHandlers,
  services: CommandServices,
): Promise<void> {
  checkIds(interaction);
  if (interaction.isChatInputCommand() || interaction.isMessageContextMenuCommand()) {
    const command = commands.find(({ definition }) => definition.name === interaction.commandName);
    if (command !== undefined) await runCommand(interaction, command, services);
  } else if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
    const [prefix] = interaction.customId.split(":");
    const handler = components.find((one) => one.prefix === prefix);
    if (handler !== undefined) await runComponent(interaction, handler, services);
  } else if (interaction.isAutocomplete()) {
    // No option of ours suggests anything.
    await interaction.respond([]);
  }
}

async function runCommand(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  command: Command,
  services: CommandServices,
): Promise<void> {
  const isMenu = interaction.isMessageContextMenuCommand();
  if ((isMenu ? command.executeOn : command.execute) === undefined) return;
  const needs = needsOf(interaction, command);
  if (!opensForm(interaction, command) && command.acknowledges !== "own")
    await defer(interaction, command);
  const say = await services.speech.toCaller(interaction);
  const serverOnly = !command.definition.contexts?.includes(InteractionContextType.BotDM);
  const refusal =
    needs === undefined
      ? say("interactions.unknown")
      : await refusalOf(interaction, { needs, serverOnly }, services.owners, say);
  if (refusal !== undefined) await replyPrivately(interaction, refusal, services.log);
  else if (isMenu) await command.executeOn?.(interaction, services, say);
  else await command.execute?.(interaction, services, say);
}

function opensForm(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  { opensForm: which }: Command,
): boolean {
  if (which === undefined || which === true) return which === true;
  const subcommand = interaction.isChatInputCommand() && interaction.options.getSubcommand(false);
  return subcommand !== false && subcommand !== null && which.includes(subcommand);
}

async function defer(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  command: Command,
): Promise<void> {
  const isOpen = interaction.isChatInputCommand() && command.answersOpenly?.(interaction) === true;
  await interaction.deferReply(isOpen ? {} : { flags: MessageFlags.Ephemeral });
}

/** Undefined for an unknown subcommand. */
function needsOf(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  { needs }: Command,
): Needs | undefined {
  if (typeof needs === "string") return needs;
  const subcommand = interaction.isChatInputCommand() && interaction.options.getSubcommand(false);
  return subcommand && Object.hasOwn(needs, subcommand) ? needs[subcommand] : undefined;
}

async function runComponent(
  interaction: ComponentInteraction,
  handler: ComponentHandler,
  services: CommandServices,
): Promise<void> {
  const { acknowledges, ids, needs } = handler;
  const isKnown = ids.test(interaction.customId);
  if (isKnown && acknowledges === "reply") {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  } else if (isKnown && acknowledges === "update") {
    // A form that a command opened has no message to change.
    if (interaction.isMessageComponent()) await interaction.deferUpdate();
  }
  const say = await services.speech.toCaller(interaction);
  const refusal = isKnown
    ? await refusalOf(interaction, { needs, serverOnly: false }, services.owners, say)
    : say("interactions.unknown");
  if (refusal === undefined) await handler.respond(interaction, services, say);
  else if (interaction.isRepliable()) await replyPrivately(interaction, refusal, services.log);
}

/** Throws `BadIdError` if the id of the member, the server or the message can't be one. */
function checkIds(interaction: Interaction): void {
  memberOf(interaction, interaction.user.id);
  if (interaction.isMessageComponent() && !isSnowflake(interaction.message.id)) {
    throw new BadIdError();
  }
}

/** Tells only the member, in one sentence, that nothing came of it. Never throws. */
export async function replyPrivately(
  interaction: RepliableInteraction,
  content: string,
  log: Log,
): Promise<void> {
  try {
    // The button's message stays as it is: the failure is a message of its own.
    const answersInPlace = interaction.isMessageComponent() && interaction.ephemeral === null;
    if (answersInPlace && (interaction.deferred || interaction.replied)) {
      await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
    } else if (interaction.deferred || interaction.replied) await interaction.editReply(content);
    else await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  } catch (error) {
    logFailure(log, { event: "command.untold", interactionId: interaction.id }, error);
  }
}
