/** `/status`: how the bot is doing, with a chart over the versions of the base rewards. */
import {
  AttachmentBuilder,
  type ChatInputCommandInteraction,
  InteractionContextType,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from "discord.js";
import type { Command } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { examine } from "../src/doctor/examine.js";
import type { Finding } from "../src/doctor/finding.js";
import { messageText } from "../src/doctor/findings-text.js";
import { checkServerChannels } from "../src/doctor/server-check.js";
import type { Say } from "../src/language/say.js";
import { roundedHeldOut } from "../src/observability/rounded-figures.js";
import { type Status, type StatusParts, statusOf } from "../src/observability/status.js";
import { statusText } from "../src/observability/status-text.js";
import { renderPng } from "../src/pictures/render.js";
import {
  type ChartedVersion,
  versionsAltText,
  versionsChart,
} from "../src/pictures/versions-chart.js";
import { createRedaction } from "../src/safety/redaction.js";
import { secretsOf } from "../src/safety/secrets.js";

const ALT_LIMIT = 1024;

export const statusCommand: Command = {
  needs: "manageServer",
  definition: new SlashCommandBuilder()
    .setName("status")
    .setDescription("Members, votes, the model and its figures, the queue, the cost so far")
    .addBooleanOption((option) =>
      option
        .setName("check")
        .setDescription("Look instead at what is wrong with the set-up, and what to do about it"),
    )
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .toJSON(),

  async execute(
    interaction,
    services: StatusParts & Pick<CommandServices, "owners" | "config" | "guildSettings">,
    say,
  ) {
    const isOwner = await services.owners.include(interaction.user.id);
    if (interaction.options.getBoolean("check") === true) {
      const findings = isOwner
        ? await examine(services.config, services.clock)
        : await checkOwnServer(interaction, services, say);
      await interaction.editReply({ content: checkText(findings, services) });
      return;
    }
    const status = await statusOf(interaction.guildId!, services);
    const files = await chartOf(status.model.version, chartedVersions(status, isOwner), say);
    await interaction.editReply({ content: statusText(status, isOwner, say), files });
  },
};

/** What an admin of one server can mend: the bot's permissions there. */
async function checkOwnServer(
  interaction: ChatInputCommandInteraction,
  { guildSettings }: Pick<CommandServices, "guildSettings">,
  say: Say,
): Promise<readonly Finding[]> {
  const { id, name, members } = interaction.guild!;
  const bot = members.me ?? (await members.fetchMe());
  return checkServerChannels(
    interaction.client.rest,
    {
      guild: { id, name, permissions: bot.permissions.bitfield.toString() },
      botId: bot.id,
      settings: await guildSettings.get(id),
    },
    say,
  );
}

/** Servers' names and addresses may hold anything, a secret in a URL as well. */
function checkText(findings: readonly Finding[], { config }: Pick<CommandServices, "config">) {
  return createRedaction(secretsOf(config))(messageText(findings));
}

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
  say: Say,
): Promise<AttachmentBuilder[]> {
  if (versions.length === 0) return [];
  const picture = await renderPng(versionsChart(versions, current, say));
  const chart = new AttachmentBuilder(picture)
    .setName("versions.png")
    .setDescription(versionsAltText(versions, say).slice(0, ALT_LIMIT));
  return [chart];
}
