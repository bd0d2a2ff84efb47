/** `/privacy`. */
import { MessageFlags, SlashCommandBuilder } from "discord.js";
import { splitMessage } from "../src/conversation/split-message.js";
import type { Command } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { EITHER_WAY, EVERYWHERE } from "../src/discord/interactions/reach.js";
import { privacyText } from "../src/members/privacy-text.js";

export const privacyCommand: Command = {
  needs: "member",
  definition: new SlashCommandBuilder()
    .setName("privacy")
    .setDescription("What is stored about you, why, for how long, and how to delete it")
    .setIntegrationTypes(...EITHER_WAY)
    .setContexts(...EVERYWHERE)
    .toJSON(),

  async execute(interaction, { config }: Pick<CommandServices, "config">, say) {
    const [first = "", ...rest] = splitMessage(privacyText(config, say));
    await interaction.editReply(first);
    for (const content of rest) {
      await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
    }
  },
};
