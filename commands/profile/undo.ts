/** `/profile undo`. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import { type UndoParts, undoLast } from "../../src/members/undo.js";
import type { ComparisonRecord } from "../../src/store/records.js";

const WHAT: Readonly<Record<ComparisonRecord["source"], string>> = {
  chat: "your last vote in chat",
  deck: "your last answer to a question of the deck",
  nudge: "the last wish that you made",
};

export async function undo(
  interaction: ChatInputCommandInteraction,
  services: UndoParts & Pick<CommandServices, "display">,
): Promise<void> {
  const undone = await undoLast(memberOf(interaction, interaction.user.id), services);
  if (undone === undefined) {
    await interaction.editReply("There is nothing to take back.");
    return;
  }
  await interaction.editReply(`Taken back: ${WHAT[undone.comparison.source]}.`);
  if (undone.messageId !== undefined) await services.display.show(undone.messageId);
}
