/** `/privacy`. */
import { InteractionContextType, SlashCommandBuilder } from "discord.js";
import type { Command } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { privacyText } from "../src/members/privacy-text.js";

export const privacyCommand: Command = {
  needs: "member",
  definition: new SlashCommandBuilder()
    .setName("privacy")
    .setDescription("What is stored about you, why, for how long, and how to delete it")
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async execute(interaction, { config }: Pick<CommandServices, "config">, say) {
    await interaction.editReply(privacyText(config, say));
  },
};
