/** `/status`: how the bot is doing, with a chart over the versions of the base rewards. */
import {
  AttachmentBuilder,
  InteractionContextType,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from "discord.js";
import type { Command } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { roundedHeldOut } from "../src/observability/rounded-figures.js";
import { type Status, type StatusParts, statusOf } from "../src/observability/status.js";
import { statusText } from "../src/observability/status-text.js";
import { renderPng } from "../src/pictures/render.js";
import {
  type ChartedVersion,
  versionsAltText,
  versionsChart,
} from "../src/pictures/versions-chart.js";

const ALT_LIMIT = 1024;

export const statusCommand: Command = {
  needs: "manageServer",
  definition: new SlashCommandBuilder()
    .setName("status")
    .setDescription("Members, votes, the model and its figures, the queue, the cost so far")
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .toJSON(),

  async execute(interaction, services: StatusParts & Pick<CommandServices, "owners">) {
    const isOwner = await services.owners.include(interaction.user.id);
    const status = await statusOf(interaction.guildId!, services);
    const files = await chartOf(status.model.version, chartedVersions(status, isOwner));
    await interaction.editReply({ content: statusText(status, isOwner), files });
  },
};

/** Exact for the owners of the bot, rounded for others. */
function chartedVersions({ versions }: Status, isOwner: boolean): readonly ChartedVersion[] {
  if (isOwner) return versions;
  return versions.flatMap(({ version, heldOut: exact }) => {
    const heldOut = roundedHeldOut(exact);
    return heldOut === undefined ? [] : [{ version, heldOut }];
  });
}

async function chartOf(
  current: string,
  versions: readonly ChartedVersion[],
): Promise<AttachmentBuilder[]> {
  if (versions.length === 0) return [];
  const picture = await renderPng(versionsChart(versions, current));
  const chart = new AttachmentBuilder(picture)
    .setName("versions.png")
    .setDescription(versionsAltText(versions).slice(0, ALT_LIMIT));
  return [chart];
}
