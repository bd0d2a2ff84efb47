/** `/profile`: what the bot has learned about a member's taste, for that member's eyes alone. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  SlashCommandBuilder,
} from "discord.js";
import { memberOf } from "../src/discord/addressing.js";
import { profileText } from "../src/profiles/profile-text.js";
import type { Command, CommandServices, ComponentHandler } from "./command.js";

const RESET_YES = "profile:reset-yes";
const RESET_NO = "profile:reset-no";

export const profileCommand: Command = {
  definition: new SlashCommandBuilder()
    .setName("profile")
    .setDescription("Your taste in answers, as the bot has learned it")
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addSubcommand((view) =>
      view
        .setName("view")
        .setDescription("Which way you lean, how sure that is, and how many votes"),
    )
    .addSubcommand((reset) =>
      reset.setName("reset").setDescription("Delete your weights and votes and start again"),
    )
    .toJSON(),

  async execute(interaction, services) {
    if (interaction.options.getSubcommand() === "reset") await askBeforeReset(interaction);
    else await view(interaction, services);
  },
};

export const profileComponents: ComponentHandler = {
  prefix: "profile",
  async respond(interaction, services) {
    if (!interaction.isButton()) return;
    if (interaction.customId === RESET_YES) await reset(interaction, services);
    if (interaction.customId === RESET_NO) {
      await interaction.update({ content: "Nothing was deleted.", components: [] });
    }
  },
};

async function view(
  interaction: ChatInputCommandInteraction,
  { profiles }: CommandServices,
): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const view = await profiles.view(memberOf(interaction, interaction.user.id));
  await interaction.editReply(profileText(view));
}

async function askBeforeReset(interaction: ChatInputCommandInteraction): Promise<void> {
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder()
      .setCustomId(RESET_YES)
      .setLabel("Delete my profile")
      .setStyle(ButtonStyle.Danger),
    new ButtonBuilder().setCustomId(RESET_NO).setLabel("Keep it").setStyle(ButtonStyle.Secondary),
  );
  await interaction.reply({
    content: "This deletes your weights and all your votes here. It can't be undone. Go ahead?",
    components: [buttons],
    flags: MessageFlags.Ephemeral,
  });
}

async function reset(interaction: ButtonInteraction, { profiles }: CommandServices): Promise<void> {
  await interaction.deferUpdate();
  const deleted = await profiles.reset(memberOf(interaction, interaction.user.id));
  await interaction.editReply({
    content: `Done: your weights and ${deleted === 1 ? "1 vote" : `${deleted} votes`} are deleted.`,
    components: [],
  });
}
