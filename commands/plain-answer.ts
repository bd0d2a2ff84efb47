/** "Answer without my profile", in the menu of a message: the same question, answered plainly. */
import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  type Message,
  type MessageContextMenuCommandInteraction,
} from "discord.js";
import { HISTORY_LIMITS } from "../src/conversation/history.js";
import type { UnreadTurn } from "../src/discord/enclosures/enclosure-reader.js";
import type { Command } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { EITHER_WAY, EVERYWHERE } from "../src/discord/interactions/reach.js";
import { isUnread, repliedTo } from "../src/discord/messages/reply-chain.js";

/** A longer answer is cut before it is sent. */
const MOST_PIECES = 25;

type PlainAnswerServices = Pick<CommandServices, "asking" | "conversations" | "log">;

export const plainAnswerCommand: Command = {
  needs: "member",
  definition: new ContextMenuCommandBuilder()
    .setName("Answer without my profile")
    .setType(ApplicationCommandType.Message)
    .setIntegrationTypes(...EITHER_WAY)
    .setContexts(...EVERYWHERE)
    .toJSON(),

  async executeOn(interaction, services: PlainAnswerServices, say) {
    const turns = await turnsOf(interaction, services);
    if (typeof turns === "string") await interaction.editReply(say(turns));
    else await services.asking.answer(interaction, { turns, plain: true, isPrivate: true }, say);
  },
};

/** The conversation that the message is part of; or why there is none to answer, in a sentence. */
async function turnsOf(
  { client, targetMessage, user }: MessageContextMenuCommandInteraction,
  { asking, conversations, log }: PlainAnswerServices,
): Promise<readonly UnreadTurn[] | "commands.onlyYourOwn" | "commands.messageUnreadable"> {
  const asked = asking.remembered.conversation(targetMessage.id);
  if (asked?.memberId === user.id) return asked.turns;
  const botId = client.user.id;
  const question = await questionOf(targetMessage, botId, log);
  if (question?.author.id !== user.id) return "commands.onlyYourOwn";
  if (isUnread(question, botId)) return "commands.messageUnreadable";
  return conversations.unread(question, HISTORY_LIMITS.maximumTurns);
}

/** The message itself, or the one that the bot's answer belongs to, however many pieces it has. */
async function questionOf(
  target: Message,
  botId: string,
  log: CommandServices["log"],
): Promise<Message | undefined> {
  let message: Message | undefined = target;
  for (let piece = 0; piece < MOST_PIECES && message?.author.id === botId; piece++) {
    message = await repliedTo(message, log);
  }
  return message;
}
