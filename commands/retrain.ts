/** `/retrain`: learn new base rewards from all votes now, instead of waiting for the schedule. */
import {
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from "discord.js";
import { progressText, refusalText, reportText } from "../src/training/report-text.js";
import type { RetrainProgress } from "../workers/requests.js";
import type { Command } from "./command.js";

/** Discord allows five edits in five seconds; one every two is plenty to see it move. */
const PROGRESS_INTERVAL_MS = 2_000;

export const retrainCommand: Command = {
  definition: new SlashCommandBuilder()
    .setName("retrain")
    .setDescription("Learn the shared base rewards again from all votes, now")
    .setContexts(InteractionContextType.Guild)
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .toJSON(),

  async execute(interaction, { retraining }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    try {
      const report = await retraining.run(progressEdits(interaction));
      await interaction.editReply(reportText(report));
    } catch (error) {
      const refusal = refusalText(error);
      if (refusal === undefined) throw error;
      await interaction.editReply(refusal);
    }
  },
};

/** Shows progress as it comes, at most every {@link PROGRESS_INTERVAL_MS}. */
function progressEdits(
  interaction: ChatInputCommandInteraction,
): (progress: RetrainProgress) => void {
  let editedAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - editedAt < PROGRESS_INTERVAL_MS) return;
    editedAt = now;
    // A progress line that does not arrive is no reason to end the training.
    interaction.editReply(progressText(progress)).catch(() => undefined);
  };
}
