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
import type { Command, ComponentHandler } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import type { Say } from "../src/language/say.js";
import { asWritten } from "../src/safety/as-written.js";
import { relativeTime } from "../src/shared/time.js";

const FIELD = "problem";
const LONGEST = 2_000;

/** The channel for reports is gone, or belongs to another server. */
class ReportChannelError extends Error {
  override readonly name = "ReportChannelError";

  constructor() {
    super("The channel for reports takes no messages: choose another with /settings report.");
  }
}

type FormServices = Pick<CommandServices, "guildSettings" | "reportTurns">;
type ReportServices = Pick<CommandServices, "guildSettings" | "log" | "reportTurns" | "speech">;

export const reportCommand: Command = {
  needs: "member",
  opensForm: true,
  definition: new SlashCommandBuilder()
    .setName("report")
    .setDescription("Tell the admins of this server about a problem with the bot")
    .setContexts(InteractionContextType.Guild)
    .toJSON(),

  execute: (interaction, services: FormServices, say) =>
    openForm(interaction, services, undefined, say),
};

export const reportAnswerCommand: Command = {
  needs: "member",
  opensForm: true,
  definition: new ContextMenuCommandBuilder()
    .setName("Report this answer")
    .setType(ApplicationCommandType.Message)
    .setContexts(InteractionContextType.Guild)
    .toJSON(),

  executeOn: (interaction, services: FormServices, say) =>
    openForm(interaction, services, interaction.targetMessage.url, say),
};

export const reportComponents: ComponentHandler = {
  prefix: "report",
  ids: /^report(?::\d{15,20}:\d{15,20})?$/,
  needs: "member",
  acknowledges: "reply",
  async respond(interaction, services: ReportServices, say) {
    if (interaction.isModalSubmit()) await send(interaction, services, say);
  },
};

async function openForm(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  { guildSettings, reportTurns }: FormServices,
  link: string | undefined,
  say: Say,
): Promise<void> {
  const { reportChannelId } = await guildSettings.get(interaction.guildId);
  const next = reportTurns.next(interaction.guildId ?? "", interaction.user.id);
  if (reportChannelId === undefined || next !== undefined) {
    const content = next === undefined ? say("commands.noReportChannel") : tooSoon(next, say);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
    return;
  }
  const problem = new TextInputBuilder()
    .setCustomId(FIELD)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(LONGEST);
  const label = new LabelBuilder()
    .setLabel(say("commands.reportQuestion"))
    .setTextInputComponent(problem);
  const modal = new ModalBuilder()
    // The last two parts of a message's address say which message it is.
    .setCustomId(["report", ...(link?.split("/").slice(-2) ?? [])].join(":"))
    .setTitle(say("commands.reportTitle"))
    .addLabelComponents(label);
  await interaction.showModal(modal);
}

async function send(
  interaction: ModalSubmitInteraction,
  services: ReportServices,
  say: Say,
): Promise<void> {
  const { guildSettings, log, reportTurns } = services;
  const { client, guildId, user } = interaction;
  const { reportChannelId } = await guildSettings.get(guildId);
  if (guildId === null || reportChannelId === undefined) {
    await interaction.editReply(say("commands.noReportChannel"));
    return;
  }
  const next = reportTurns.claim(guildId, user.id);
  if (next !== undefined) {
    await interaction.editReply(tooSoon(next, say));
    return;
  }
  try {
    const channel = await client.channels.fetch(reportChannelId);
    const isOwn = channel !== null && !channel.isDMBased() && channel.guildId === guildId;
    if (!isOwn || !channel.isSendable()) throw new ReportChannelError();
    const embeds = [await reportEmbed(interaction, await services.speech.toServer(guildId))];
    await channel.send({ embeds, nonce: interaction.id, enforceNonce: true });
    await interaction.editReply(say("commands.reportSent"));
  } catch (error) {
    reportTurns.release(guildId, user.id);
    log.warn({ event: "report.unsent", guildId, err: error });
    await interaction.editReply(say("commands.reportUnsent"));
  }
}

/** The member's words as they wrote them; who wrote them and about what is added by the bot. */
async function reportEmbed(interaction: ModalSubmitInteraction, say: Say): Promise<EmbedBuilder> {
  const { client, guildId, user } = interaction;
  const embed = new EmbedBuilder()
    .setTitle(say("commands.report"))
    .setDescription(asWritten(interaction.fields.getTextInputValue(FIELD).slice(0, LONGEST)))
    .setFooter({ text: say("commands.reportFrom", { name: user.username, id: user.id }) });
  const [, channelId, messageId] = interaction.customId.split(":");
  if (channelId === undefined || messageId === undefined) return embed;
  const channel = await client.channels.fetch(channelId).catch(() => null);
  if (channel === null || channel.isDMBased() || channel.guildId !== guildId) return embed;
  const link = `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
  return embed.addFields({ name: say("commands.reportAbout"), value: link });
}

function tooSoon(next: number, say: Say): string {
  return say("commands.reportTooSoon", { when: relativeTime(next) });
}
