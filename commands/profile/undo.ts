/** `/profile undo`. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import type { MessageKey, Say } from "../../src/language/say.js";
import { type UndoParts, undoLast } from "../../src/members/undo.js";
import type { ComparisonRecord } from "../../src/store/records.js";

const UNDONE = {
  chat: "profile.undoneChat",
  deck: "profile.undoneDeck",
  nudge: "profile.undoneNudge",
  another: "profile.undoneAnother",
} as const satisfies Readonly<Record<ComparisonRecord["source"], MessageKey>>;

export async function undo(
  interaction: ChatInputCommandInteraction,
  services: UndoParts & Pick<CommandServices, "display">,
  say: Say,
): Promise<void> {
  const undone = await undoLast(memberOf(interaction, interaction.user.id), services);
  if (undone === undefined) {
    await interaction.editReply(say("profile.nothingToUndo"));
    return;
  }
  await interaction.editReply(say(UNDONE[undone.comparison.source]));
  if (undone.messageId !== undefined) await services.display.show(undone.messageId);
}
