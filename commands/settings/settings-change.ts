/** What a call of `/settings` would change, or why it may not. Checks again what Discord has checked. */
import { type ChatInputCommandInteraction, PermissionFlagsBits } from "discord.js";
import type { SettingsChange } from "../../src/guilds/guild-settings.js";
import { spokenLanguage } from "../../src/language/languages.js";
import type { Say } from "../../src/language/say.js";

export const MOST_QUESTIONS = 50;
const NEEDED_FOR_REPORTS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
];

/** The change; a sentence if it is refused; undefined if there is none. */
export async function settingsChangeOf(
  interaction: ChatInputCommandInteraction,
  subcommand: string,
  say: Say,
): Promise<SettingsChange | string | undefined> {
  const { options } = interaction;
  switch (subcommand) {
    case "questions":
      return questionsChange(options.getInteger("per-day", true), say);
    case "pooling":
      return { pooledTraining: options.getBoolean("allowed", true) };
    case "report":
      return reportChange(interaction, say);
    case "language":
      return languageChange(options.getString("language", true), say);
    default:
      return undefined;
  }
}

function questionsChange(questionsPerDay: number, say: Say): SettingsChange | string {
  const isInBounds = questionsPerDay >= 0 && questionsPerDay <= MOST_QUESTIONS;
  if (Number.isInteger(questionsPerDay) && isInBounds) return { questionsPerDay };
  return say("settings.badCount", { most: MOST_QUESTIONS });
}

function languageChange(language: string, say: Say): SettingsChange | string {
  return spokenLanguage(language) === language ? { language } : say("settings.badLanguage");
}

/** Asks Discord what belongs to the server: what comes with the call is only the caller's claim. */
async function reportChange(
  interaction: ChatInputCommandInteraction,
  say: Say,
): Promise<SettingsChange | string> {
  const id = interaction.options.getChannel("channel")?.id;
  if (id === undefined) return { reportChannelId: undefined };
  const channel = (await interaction.guild!.channels.fetch()).get(id);
  if (!channel) return say("settings.foreignChannel");
  const permissions = channel.permissionsFor(interaction.client.user);
  return permissions?.has(NEEDED_FOR_REPORTS)
    ? { reportChannelId: id }
    : say("settings.closedChannel");
}
