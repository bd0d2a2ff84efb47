/** `/new`: a new conversation begins. Its answer is the mark in the channel, so that nothing is stored. */
import {
  ChannelType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  SlashCommandBuilder,
} from "discord.js";
import type { Command } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { NEW_CONVERSATION_MARK } from "../src/discord/messages/conversation-start.js";

export const newCommand: Command = {
  needs: "member",
  definition: new SlashCommandBuilder()
    .setName("new")
    .setDescription("Begin a new conversation: I leave aside what was said before")
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  answersOpenly: goesOn,

  async execute(interaction, { conversations }: Pick<CommandServices, "conversations">, say) {
    if (!goesOn(interaction)) {
      await interaction.editReply(say("conversations.nothingToEnd"));
      return;
    }
    conversations.begin(interaction.channelId, interaction.id);
    await interaction.editReply(`${NEW_CONVERSATION_MARK} ${say("conversations.begun")}`);
  },
};

/** Whether messages here go on without being replies. The channel comes with the interaction. */
function goesOn({ channel, guildId }: ChatInputCommandInteraction): boolean {
  const threads = [
    ChannelType.PublicThread,
    ChannelType.PrivateThread,
    ChannelType.AnnouncementThread,
  ];
  return guildId === null || (channel !== null && threads.includes(channel.type));
}
