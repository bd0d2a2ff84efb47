/** `/settings`: what the admin of a server chooses. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  ChannelType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from "discord.js";
import { deckLanguages } from "../src/chat/deck.js";
import type { SettingsChange } from "../src/guilds/guild-settings.js";
import { settingsText } from "../src/guilds/settings-text.js";
import type { Command, CommandServices, ComponentHandler } from "./command.js";

const CHANNELS_MENU = "settings:channels";
const EVERYWHERE = "settings:everywhere";
const MOST_CHANNELS = 25;
const MOST_QUESTIONS = 50;
const NEEDED_FOR_REPORTS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
];
const CLOSED_CHANNEL =
  "I can't write there: I need View Channel, Send Messages and Embed Links in it. Nothing was changed.";

export const settingsCommand: Command = {
  definition: new SlashCommandBuilder()
    .setName("settings")
    .setDescription("How the bot behaves on this server")
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand((one) => one.setName("view").setDescription("All settings of this server"))
    .addSubcommand((one) =>
      one.setName("channels").setDescription("Where the bot may speak: choose channels"),
    )
    .addSubcommand((one) =>
      one
        .setName("questions")
        .setDescription("How many questions a member is asked in a day at most")
        .addIntegerOption((option) =>
          option
            .setName("per-day")
            .setDescription("0 asks nothing")
            .setMinValue(0)
            .setMaxValue(MOST_QUESTIONS)
            .setRequired(true),
        ),
    )
    .addSubcommand((one) =>
      one
        .setName("pooling")
        .setDescription("Whether members may let their votes train the shared base rewards")
        .addBooleanOption((option) =>
          option
            .setName("allowed")
            .setDescription("Each member is asked besides")
            .setRequired(true),
        ),
    )
    .addSubcommand((one) =>
      one
        .setName("report")
        .setDescription("Where /report goes; without a channel it is switched off")
        .addChannelOption((option) =>
          option
            .setName("channel")
            .setDescription("A channel that the bot may write to")
            .addChannelTypes(ChannelType.GuildText),
        ),
    )
    .addSubcommand((one) =>
      one
        .setName("language")
        .setDescription("Of the questions, where there are none in the member's own language")
        .addStringOption((option) =>
          option
            .setName("language")
            .setDescription("One of the languages that there is a deck in")
            .setRequired(true)
            .addChoices(deckLanguages().map((value) => ({ name: languageName(value), value }))),
        ),
    )
    .toJSON(),

  async execute(interaction, services) {
    const subcommand = interaction.options.getSubcommand();
    if (subcommand === "channels") await chooseChannels(interaction, services);
    else if (subcommand === "report" && !canWriteReports(interaction)) {
      await interaction.reply({ content: CLOSED_CHANNEL, flags: MessageFlags.Ephemeral });
    } else await change(interaction, services, changeOf(interaction, subcommand));
  },
};

export const settingsComponents: ComponentHandler = {
  prefix: "settings",
  async respond(interaction, { guildSettings, config }) {
    const { guildId } = interaction;
    if (guildId === null || !interaction.isMessageComponent()) return;
    if (!interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild)) return;
    const channelIds = interaction.isChannelSelectMenu() ? interaction.values : undefined;
    const settings = await guildSettings.change(guildId, { channelIds });
    await interaction.update({ content: settingsText(settings, config), components: [] });
  },
};

/** Whether the bot may see the chosen channel and write to it; true where none was chosen. */
function canWriteReports({ options, client }: ChatInputCommandInteraction): boolean {
  const channel = options.getChannel("channel");
  if (channel === null || !("permissionsFor" in channel)) return true;
  const permissions = channel.permissionsFor(client.user);
  return permissions?.has(NEEDED_FOR_REPORTS) ?? false;
}

function changeOf(
  { options }: ChatInputCommandInteraction,
  subcommand: string,
): SettingsChange | undefined {
  switch (subcommand) {
    case "questions":
      return { questionsPerDay: options.getInteger("per-day", true) };
    case "pooling":
      return { pooledTraining: options.getBoolean("allowed", true) };
    case "report":
      return { reportChannelId: options.getChannel("channel")?.id };
    case "language":
      return { language: options.getString("language", true) };
    default:
      return undefined;
  }
}

async function change(
  interaction: ChatInputCommandInteraction,
  { guildSettings, config }: CommandServices,
  wanted: SettingsChange | undefined,
): Promise<void> {
  const guildId = interaction.guildId!;
  const settings =
    wanted === undefined
      ? await guildSettings.get(guildId)
      : await guildSettings.change(guildId, wanted);
  const content = settingsText(settings, config);
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}

async function chooseChannels(
  interaction: ChatInputCommandInteraction,
  { guildSettings }: CommandServices,
): Promise<void> {
  const { channelIds = [] } = await guildSettings.get(interaction.guildId);
  const menu = new ChannelSelectMenuBuilder()
    .setCustomId(CHANNELS_MENU)
    .setChannelTypes(ChannelType.GuildText, ChannelType.GuildForum, ChannelType.GuildAnnouncement)
    .setMinValues(1)
    .setMaxValues(MOST_CHANNELS)
    .setDefaultChannels([...channelIds]);
  const everywhere = new ButtonBuilder()
    .setCustomId(EVERYWHERE)
    .setLabel("Everywhere")
    .setStyle(ButtonStyle.Secondary);
  await interaction.reply({
    content: "Where may I speak? Threads belong to their channel.",
    components: [
      new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(menu),
      new ActionRowBuilder<ButtonBuilder>().addComponents(everywhere),
    ],
    flags: MessageFlags.Ephemeral,
  });
}

function languageName(code: string): string {
  return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
}
