/** `/report`, and "Report this answer" in the menu of a reply: a problem, to the channel that the admin chose. */
import {
  ApplicationCommandType,
  type ChatInputCommandInteraction,
  ContextMenuCommandBuilder,
  EmbedBuilder,
  InteractionContextType,
  LabelBuilder,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  ModalBuilder,
  type ModalSubmitInteraction,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import type { Command, CommandServices, ComponentHandler } from "./command.js";

const FIELD = "problem";
const LONGEST = 2_000;
const NO_CHANNEL =
  "No channel for reports is set up on this server. Please tell an admin in person; `/settings report` sets one up.";
const SENT = "Thank you, your report is with the admins. I keep no copy.";
const UNSENT = "I could not write to the channel for reports. Please tell an admin in person.";

export const reportCommand: Command = {
  definition: new SlashCommandBuilder()
    .setName("report")
    .setDescription("Tell the admins of this server about a problem with the bot")
    .setContexts(InteractionContextType.Guild)
    .toJSON(),

  execute: (interaction, services) => openForm(interaction, services, undefined),
};

export const reportAnswerCommand: Command = {
  definition: new ContextMenuCommandBuilder()
    .setName("Report this answer")
    .setType(ApplicationCommandType.Message)
    .setContexts(InteractionContextType.Guild)
    .toJSON(),

  executeOn: (interaction, services) =>
    openForm(interaction, services, interaction.targetMessage.url),
};

export const reportComponents: ComponentHandler = {
  prefix: "report",
  async respond(interaction, services) {
    if (interaction.isModalSubmit()) await send(interaction, services);
  },
};

async function openForm(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  { guildSettings }: CommandServices,
  link: string | undefined,
): Promise<void> {
  const { reportChannelId } = await guildSettings.get(interaction.guildId);
  if (reportChannelId === undefined) {
    await interaction.reply({ content: NO_CHANNEL, flags: MessageFlags.Ephemeral });
    return;
  }
  const problem = new TextInputBuilder()
    .setCustomId(FIELD)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(LONGEST);
  const label = new LabelBuilder().setLabel("What went wrong?").setTextInputComponent(problem);
  const modal = new ModalBuilder()
    // The last two parts of a message's address say which message it is.
    .setCustomId(["report", ...(link?.split("/").slice(-2) ?? [])].join(":"))
    .setTitle("Report a problem")
    .addLabelComponents(label);
  await interaction.showModal(modal);
}

async function send(interaction: ModalSubmitInteraction, services: CommandServices): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { reportChannelId } = await services.guildSettings.get(interaction.guildId);
  const [, channelId, messageId] = interaction.customId.split(":");
  const about =
    messageId === undefined
      ? ""
      : `\nAbout https://discord.com/channels/${interaction.guildId}/${channelId}/${messageId}`;
  const embed = new EmbedBuilder()
    .setTitle("A report")
    .setDescription(
      `${interaction.fields.getTextInputValue(FIELD)}\n\nFrom <@${interaction.user.id}>${about}`,
    );
  try {
    const channel = await interaction.client.channels.fetch(reportChannelId ?? "");
    if (!channel?.isSendable()) throw new Error("The channel for reports takes no messages.");
    await channel.send({ embeds: [embed], nonce: interaction.id, enforceNonce: true });
    await interaction.editReply(SENT);
  } catch (error) {
    services.log.warn({ event: "report.unsent", guildId: interaction.guildId, err: error });
    await interaction.editReply(UNSENT);
  }
}
