/** `/status`: how the bot is doing, with a chart over the versions of the base rewards. */
import {
  AttachmentBuilder,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from "discord.js";
import { renderPng } from "../src/pictures/render.js";
import { versionsAltText, versionsChart } from "../src/pictures/versions-chart.js";
import { type Status, statusOf } from "../src/status/status.js";
import { statusText } from "../src/status/status-text.js";
import type { Command } from "./command.js";

const ALT_LIMIT = 1024;

export const statusCommand: Command = {
  definition: new SlashCommandBuilder()
    .setName("status")
    .setDescription("Members, votes, the model and its figures, the queue, the cost so far")
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .toJSON(),

  async execute(interaction, services) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const status = await statusOf(interaction.guildId!, services);
    await interaction.editReply({ content: statusText(status), files: await chartOf(status) });
  },
};

async function chartOf({ model, versions }: Status): Promise<AttachmentBuilder[]> {
  if (versions.length === 0) return [];
  const picture = await renderPng(versionsChart(versions, model.version));
  const chart = new AttachmentBuilder(picture)
    .setName("versions.png")
    .setDescription(versionsAltText(versions).slice(0, ALT_LIMIT));
  return [chart];
}
