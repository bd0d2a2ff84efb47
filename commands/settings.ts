/** `/settings`: what the admin of a server chooses. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  ChannelType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
  SlashCommandBuilder,
  type SlashCommandChannelOption,
} from "discord.js";
import type {
  Command,
  ComponentHandler,
  ComponentInteraction,
} from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { settingsText } from "../src/guilds/guild-settings.js";
import { LANGUAGES, languageName } from "../src/language/languages.js";
import type { Say } from "../src/language/say.js";
import { askModel, askPersona } from "./settings/place.js";
import { MOST_QUESTIONS, settingsChangeOf } from "./settings/settings-change.js";

const CHANNELS_MENU = "settings:channels";
const EVERYWHERE = "settings:everywhere";
const MOST_CHANNELS = 25;
const SPOKEN_IN = [
  ChannelType.GuildText,
  ChannelType.GuildForum,
  ChannelType.GuildAnnouncement,
] as const;

type SettingsServices = Pick<CommandServices, "config" | "guildSettings">;

export const settingsCommand: Command = {
  needs: {
    view: "manageServer",
    channels: "manageServer",
    questions: "manageServer",
    pooling: "manageServer",
    report: "manageServer",
    language: "manageServer",
    persona: "manageServer",
    model: "manageServer",
  },
  opensForm: ["persona"],
  definition: new SlashCommandBuilder()
    .setName("settings")
    .setDescription("How the bot behaves on this server")
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand((one) => one.setName("view").setDescription("All settings of this server"))
    .addSubcommand((one) =>
      one.setName("channels").setDescription("Choose the channels in which the bot may speak"),
    )
    .addSubcommand((one) =>
      one
        .setName("questions")
        .setDescription("The most questions that a member is asked in a day")
        .addIntegerOption((option) =>
          option
            .setName("per-day")
            .setDescription("0 for no questions")
            .setMinValue(0)
            .setMaxValue(MOST_QUESTIONS)
            .setRequired(true),
        ),
    )
    .addSubcommand((one) =>
      one
        .setName("pooling")
        .setDescription("Whether members' votes may train the shared base rewards")
        .addBooleanOption((option) =>
          option
            .setName("allowed")
            .setDescription("Each member still has to agree")
            .setRequired(true),
        ),
    )
    .addSubcommand((one) =>
      one
        .setName("report")
        .setDescription("Where reports go; without a channel, /report is switched off")
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
        .setDescription("For members whose own language the bot does not speak")
        .addStringOption((option) =>
          option
            .setName("language")
            .setDescription("A language that the bot speaks")
            .setRequired(true)
            .addChoices(LANGUAGES.map((value) => ({ name: languageName(value, "en"), value }))),
        ),
    )
    .addSubcommand((one) =>
      one
        .setName("persona")
        .setDescription("The character in which the bot answers")
        .addChannelOption(placeOption),
    )
    .addSubcommand((one) =>
      one
        .setName("model")
        .setDescription("The language model that answers, among those that the owner allows")
        .addChannelOption(placeOption),
    )
    .toJSON(),

  async execute(interaction, services: SettingsServices, say) {
    const subcommand = interaction.options.getSubcommand();
    if (subcommand === "channels") await chooseChannels(interaction, services, say);
    else if (subcommand === "persona") await askPersona(interaction, services, say);
    else if (subcommand === "model") await askModel(interaction, services, say);
    else await change(interaction, subcommand, services, say);
  },
};

function placeOption(option: SlashCommandChannelOption): SlashCommandChannelOption {
  return option
    .setName("channel")
    .setDescription("The whole server if you choose none")
    .addChannelTypes(...SPOKEN_IN);
}

export const settingsComponents: ComponentHandler = {
  prefix: "settings",
  ids: /^settings:(?:channels|everywhere)$/,
  needs: "manageServer",
  acknowledges: "update",
  async respond(interaction, services: SettingsServices, say) {
    const isMenu = interaction.isChannelSelectMenu();
    if (isMenu !== (interaction.customId === CHANNELS_MENU)) return;
    const channelIds = isMenu ? interaction.values : undefined;
    const content = await changeChannels(interaction, channelIds, services, say);
    await interaction.editReply({ content, components: [] });
  },
};

/** Returns what to say: the settings afterwards, or why nothing was changed. */
async function changeChannels(
  interaction: ComponentInteraction,
  channelIds: readonly string[] | undefined,
  { guildSettings, config }: SettingsServices,
  say: Say,
): Promise<string> {
  if (channelIds !== undefined) {
    const own = await interaction.guild!.channels.fetch();
    const areOwn = channelIds.length > 0 && channelIds.every((id) => own.has(id));
    if (!areOwn) return say("settings.foreignChannel");
  }
  const settings = await guildSettings.change(interaction.guildId!, { channelIds });
  return settingsText(settings, config, say);
}

async function change(
  interaction: ChatInputCommandInteraction,
  subcommand: string,
  { guildSettings, config }: SettingsServices,
  say: Say,
): Promise<void> {
  const guildId = interaction.guildId!;
  const wanted = await settingsChangeOf(interaction, subcommand, say);
  if (typeof wanted === "string") {
    await interaction.editReply(wanted);
    return;
  }
  const settings =
    wanted === undefined
      ? await guildSettings.get(guildId)
      : await guildSettings.change(guildId, wanted);
  await interaction.editReply(settingsText(settings, config, say));
}

async function chooseChannels(
  interaction: ChatInputCommandInteraction,
  { guildSettings }: Pick<CommandServices, "guildSettings">,
  say: Say,
): Promise<void> {
  const { channelIds = [] } = await guildSettings.get(interaction.guildId);
  const menu = new ChannelSelectMenuBuilder()
    .setCustomId(CHANNELS_MENU)
    .setChannelTypes(...SPOKEN_IN)
    .setMinValues(1)
    .setMaxValues(MOST_CHANNELS)
    .setDefaultChannels([...channelIds]);
  const everywhere = new ButtonBuilder()
    .setCustomId(EVERYWHERE)
    .setLabel(say("settings.everywhereButton"))
    .setStyle(ButtonStyle.Secondary);
  await interaction.editReply({
    content: say("settings.whereMayISpeak"),
    components: [
      new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(menu),
      new ActionRowBuilder<ButtonBuilder>().addComponents(everywhere),
    ],
  });
}
