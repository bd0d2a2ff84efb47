/** What a call of `/settings` would change, or why it may not. Checks again what Discord has checked. */
import { type ChatInputCommandInteraction, PermissionFlagsBits } from "discord.js";
import type { SettingsChange } from "../../src/guilds/guild-settings.js";
import { spokenLanguage } from "../../src/language/languages.js";

export const MOST_QUESTIONS = 50;
export const FOREIGN_CHANNEL =
  "Please choose channels of this server that I can see. Nothing was changed.";
const NEEDED_FOR_REPORTS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
];
const CLOSED_CHANNEL =
  "I can't write there: I need View Channel, Send Messages and Embed Links in it. Nothing was changed.";
const BAD_COUNT = `Please give a whole number from 0 to ${MOST_QUESTIONS}. Nothing was changed.`;
const BAD_LANGUAGE = "I don't speak that language. Nothing was changed.";

/** The change; a sentence if it is refused; undefined if there is none. */
export async function settingsChangeOf(
  interaction: ChatInputCommandInteraction,
  subcommand: string,
): Promise<SettingsChange | string | undefined> {
  const { options } = interaction;
  switch (subcommand) {
    case "questions":
      return questionsChange(options.getInteger("per-day", true));
    case "pooling":
      return { pooledTraining: options.getBoolean("allowed", true) };
    case "report":
      return reportChange(interaction);
    case "language":
      return languageChange(options.getString("language", true));
    default:
      return undefined;
  }
}

function questionsChange(questionsPerDay: number): SettingsChange | string {
  const isInBounds = questionsPerDay >= 0 && questionsPerDay <= MOST_QUESTIONS;
  return Number.isInteger(questionsPerDay) && isInBounds ? { questionsPerDay } : BAD_COUNT;
}

function languageChange(language: string): SettingsChange | string {
  return spokenLanguage(language) === language ? { language } : BAD_LANGUAGE;
}

/** Asks Discord what belongs to the server: what comes with the call is only the caller's claim. */
async function reportChange(
  interaction: ChatInputCommandInteraction,
): Promise<SettingsChange | string> {
  const id = interaction.options.getChannel("channel")?.id;
  if (id === undefined) return { reportChannelId: undefined };
  const channel = (await interaction.guild!.channels.fetch()).get(id);
  if (!channel) return FOREIGN_CHANNEL;
  const permissions = channel.permissionsFor(interaction.client.user);
  return permissions?.has(NEEDED_FOR_REPORTS) ? { reportChannelId: id } : CLOSED_CHANNEL;
}
