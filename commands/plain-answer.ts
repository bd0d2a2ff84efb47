/** "Answer without my profile", in the menu of a message: the same question, answered plainly. */
import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  InteractionContextType,
  type Message,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from "discord.js";
import { GenerationFailedError } from "../src/conversation/candidates/generation-error.js";
import { boundHistory, HISTORY_LIMITS } from "../src/conversation/history.js";
import { splitMessage } from "../src/conversation/split-message.js";
import { ANSWER_FLAGS } from "../src/discord/gateway/client.js";
import type { Command } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { memberOf, textOf } from "../src/discord/messages/addressing.js";
import { repliedTo } from "../src/discord/messages/reply-chain.js";
import { refusalSentence } from "../src/limits/refusal.js";

/** A longer answer is cut before it is sent. */
const MOST_PIECES = 25;
const CLOSED =
  "The admins of this server have not opened this channel to me. Please ask in another one.";
const NOT_YOURS = "I do that only for your own messages and for my answers to them.";
const UNREADABLE =
  "I can't read that message any more. Please ask again, with `!plain` before your question.";

type PlainAnswerServices = Pick<
  CommandServices,
  "conversations" | "guildSettings" | "limits" | "log" | "replies"
>;

export const plainAnswerCommand: Command = {
  needs: "member",
  definition: new ContextMenuCommandBuilder()
    .setName("Answer without my profile")
    .setType(ApplicationCommandType.Message)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  async executeOn(interaction, services: PlainAnswerServices) {
    if (!(await maySpeakIn(interaction, services))) {
      await interaction.editReply(CLOSED);
      return;
    }
    const botId = interaction.client.user.id;
    const question = await questionOf(interaction.targetMessage, botId, services);
    if (question?.author.id !== interaction.user.id) await interaction.editReply(NOT_YOURS);
    else if (textOf(question, botId) === "") await interaction.editReply(UNREADABLE);
    else await answer(interaction, question, services);
  },
};

/** A thread counts as its channel. */
async function maySpeakIn(
  { client, guildId, channelId }: MessageContextMenuCommandInteraction,
  { guildSettings }: Pick<CommandServices, "guildSettings">,
): Promise<boolean> {
  if (await guildSettings.maySpeak(guildId, channelId, null)) return true;
  const channel = await client.channels.fetch(channelId);
  const parentId = channel?.isThread() ? channel.parentId : null;
  return guildSettings.maySpeak(guildId, channelId, parentId);
}

/** The message itself, or the one that the bot's answer belongs to, however many pieces it has. */
async function questionOf(
  target: Message,
  botId: string,
  { log }: Pick<CommandServices, "log">,
): Promise<Message | undefined> {
  let message: Message | undefined = target;
  for (let piece = 0; piece < MOST_PIECES && message?.author.id === botId; piece++) {
    message = await repliedTo(message, log);
  }
  return message;
}

async function answer(
  interaction: MessageContextMenuCommandInteraction,
  question: Message,
  { replies, limits, conversations }: PlainAnswerServices,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const { channelId } = interaction;
  const refusal = limits.admit({ ...member, channelId });
  if (refusal !== undefined) {
    await interaction.editReply(refusalSentence(refusal));
    return;
  }
  const turns = await conversations.of(question, HISTORY_LIMITS.maximumTurns);
  try {
    const history = boundHistory(turns, HISTORY_LIMITS);
    const reply = await replies.reply({ member, history, plain: true, channelId });
    const [first = "…", ...rest] = splitMessage(reply.kind === "answer" ? reply.text : "");
    await interaction.editReply({ content: first, flags: ANSWER_FLAGS });
    for (const content of rest) {
      await interaction.followUp({ content, flags: ANSWER_FLAGS | MessageFlags.Ephemeral });
    }
  } catch (error) {
    if (!(error instanceof GenerationFailedError)) throw error;
    await interaction.editReply(error.memberSentence);
  }
}
