/** "Why this answer?", in the menu of a reply: which axes tipped the choice, and the runner-up on request. */
import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ContextMenuCommandBuilder,
  MessageFlags,
} from "discord.js";
import { splitMessage } from "../src/conversation/split-message.js";
import { ANSWER_FLAGS } from "../src/discord/gateway/client.js";
import type { Command, ComponentHandler } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { EITHER_WAY, EVERYWHERE } from "../src/discord/interactions/reach.js";
import { ballotMannersText, whyText } from "../src/members/profile-text.js";

const NOT_CHOSEN =
  "Your profile did not choose that message: it is a plain answer, one that you chose yourself, one for somebody else, or too old.";
const GONE = "The runner-up is no longer stored.";

export const whyCommand: Command = {
  needs: "member",
  definition: new ContextMenuCommandBuilder()
    .setName("Why this answer?")
    .setType(ApplicationCommandType.Message)
    .setIntegrationTypes(...EITHER_WAY)
    .setContexts(...EVERYWHERE)
    .toJSON(),

  async executeOn(
    interaction,
    { ballots, replyNotes }: Pick<CommandServices, "ballots" | "replyNotes">,
  ) {
    const messageId = interaction.targetMessage.id;
    const why = await replyNotes.why(messageId, interaction.user.id);
    if (why === undefined) {
      const ballot = await ballots.stored(messageId);
      const isOwn = ballot?.memberId === interaction.user.id;
      await interaction.editReply((isOwn && ballotMannersText(ballot)) || NOT_CHOSEN);
      return;
    }
    // Without a choice there was nothing to choose over.
    const hasRunnerUp = why.tipped.length > 0;
    const button = new ButtonBuilder()
      .setCustomId(`why:${messageId}`)
      .setLabel("Show the runner-up")
      .setStyle(ButtonStyle.Secondary);
    await interaction.editReply({
      content: whyText(why),
      components: hasRunnerUp ? [new ActionRowBuilder<ButtonBuilder>().addComponents(button)] : [],
    });
  },
};

export const whyComponents: ComponentHandler = {
  prefix: "why",
  ids: /^why:\d{15,20}$/,
  needs: "member",
  acknowledges: "reply",
  async respond(interaction, { replyNotes }: Pick<CommandServices, "replyNotes">) {
    const [, messageId = ""] = interaction.customId.split(":");
    const runnerUp = (await replyNotes.why(messageId, interaction.user.id))?.runnerUp;
    const [first = GONE, ...rest] = splitMessage(runnerUp ?? GONE);
    await interaction.editReply({ content: first, flags: ANSWER_FLAGS });
    for (const content of rest) {
      await interaction.followUp({ content, flags: ANSWER_FLAGS | MessageFlags.Ephemeral });
    }
  },
};
