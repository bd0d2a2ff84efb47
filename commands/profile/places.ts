/** Which places an export or a deletion is about. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command.js";
import { memberOf } from "../../src/discord/messages/addressing.js";

/** The place of the command alone where "here" was chosen; else every place with data of the member. */
export async function placesOf(
  interaction: ChatInputCommandInteraction,
  { memberData }: CommandServices,
): Promise<string[]> {
  const memberId = interaction.user.id;
  if (interaction.options.getString("where") === "here") {
    return [memberOf(interaction, memberId).guildId];
  }
  return memberData.placesOf(memberId);
}
