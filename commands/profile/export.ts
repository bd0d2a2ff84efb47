/** `/profile export`. */
import { AttachmentBuilder, type ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command.js";
import { exportMember } from "../../src/members/export.js";
import { placesOf } from "./places.js";

export async function exportProfile(
  interaction: ChatInputCommandInteraction,
  services: CommandServices,
): Promise<void> {
  const places = await placesOf(interaction, services);
  const document = await exportMember(interaction.user.id, places, services);
  const file = new AttachmentBuilder(Buffer.from(JSON.stringify(document, null, 2)))
    .setName("attune-export.json")
    .setDescription("Everything that is kept about you");
  await interaction.editReply({
    content: "Everything that I keep about you. Texts of yours are not in it, for I keep none.",
    files: [file],
  });
}
