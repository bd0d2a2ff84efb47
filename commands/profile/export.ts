/** `/profile export`, and which places an export or a deletion is about. */
import { AttachmentBuilder, type ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import type { Say } from "../../src/language/say.js";
import { type ExportParts, exportMember } from "../../src/members/export.js";

export async function exportProfile(
  interaction: ChatInputCommandInteraction,
  services: ExportParts,
  say: Say,
): Promise<void> {
  const places = await placesOf(interaction, services);
  const document = await exportMember(interaction.user.id, places, services);
  const file = new AttachmentBuilder(Buffer.from(JSON.stringify(document, null, 2)))
    .setName("attune-export.json")
    .setDescription(say("profile.exportFile"));
  await interaction.editReply({
    content: say("profile.exported"),
    files: [file],
  });
}

/** If "here" was chosen, only the command's own place; else every place with data about the member. */
export async function placesOf(
  interaction: ChatInputCommandInteraction,
  { memberData }: Pick<CommandServices, "memberData">,
): Promise<string[]> {
  const memberId = interaction.user.id;
  if (interaction.options.getString("where") === "here") {
    return [memberOf(interaction, memberId).guildId];
  }
  return memberData.placesOf(memberId);
}
