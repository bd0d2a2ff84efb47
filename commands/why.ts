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
import { ballotMannersText, whyText } from "../src/members/why-text.js";

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
    say,
  ) {
    const messageId = interaction.targetMessage.id;
    const why = await replyNotes.why(messageId, interaction.user.id);
    if (why === undefined) {
      const ballot = await ballots.stored(messageId);
      const isOwn = ballot?.memberId === interaction.user.id;
      await interaction.editReply(
        (isOwn && ballotMannersText(ballot, say)) || say("commands.notChosen"),
      );
      return;
    }
    // Without a choice there was nothing to choose over.
    const hasRunnerUp = why.tipped.length > 0;
    const button = new ButtonBuilder()
      .setCustomId(`why:${messageId}`)
      .setLabel(say("commands.showRunnerUp"))
      .setStyle(ButtonStyle.Secondary);
    await interaction.editReply({
      content: whyText(why, say),
      components: hasRunnerUp ? [new ActionRowBuilder<ButtonBuilder>().addComponents(button)] : [],
    });
  },
};

export const whyComponents: ComponentHandler = {
  prefix: "why",
  ids: /^why:\d{15,20}$/,
  needs: "member",
  acknowledges: "reply",
  async respond(interaction, { replyNotes }: Pick<CommandServices, "replyNotes">, say) {
    const [, messageId = ""] = interaction.customId.split(":");
    const runnerUp = (await replyNotes.why(messageId, interaction.user.id))?.runnerUp;
    const gone = say("commands.runnerUpGone");
    const [first = gone, ...rest] = splitMessage(runnerUp ?? gone);
    await interaction.editReply({ content: first, flags: ANSWER_FLAGS });
    for (const content of rest) {
      await interaction.followUp({ content, flags: ANSWER_FLAGS | MessageFlags.Ephemeral });
    }
  },
};
