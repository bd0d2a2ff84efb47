/**
 * `/ask`, "Ask about this" in the menu of a message, and what follows both: the form for the next
 * message, and the buttons of two answers. They work wherever the bot, or the member who takes it along, is.
 */
import {
  ApplicationCommandType,
  type ButtonInteraction,
  ContextMenuCommandBuilder,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  SlashCommandBuilder,
} from "discord.js";
import { choiceNamed } from "../src/ballots/choices.js";
import type { ConversationTurn } from "../src/conversation/conversation-turn.js";
import { plainRequest } from "../src/conversation/plain-request.js";
import {
  ASK,
  ASK_IDS,
  aboutForm,
  FIELD,
  LONGEST_QUESTION,
  nextForm,
} from "../src/discord/asking/controls.js";
import { questionAbout, quoted, spoken } from "../src/discord/asking/quoted-message.js";
import { turnsSoFar } from "../src/discord/asking/remembered.js";
import type { Command, ComponentHandler } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { EITHER_WAY, EVERYWHERE } from "../src/discord/interactions/reach.js";
import type { Say } from "../src/language/say.js";

type AskServices = Pick<CommandServices, "asking">;
type Answerable = ButtonInteraction | MessageContextMenuCommandInteraction | ModalSubmitInteraction;

export const askCommand: Command = {
  needs: "member",
  acknowledges: "own",
  definition: new SlashCommandBuilder()
    .setName("ask")
    .setDescription("Ask me something, here and in every place where you take me along")
    .setIntegrationTypes(...EITHER_WAY)
    .setContexts(...EVERYWHERE)
    .addStringOption((option) =>
      option
        .setName("question")
        .setDescription("What would you like to know?")
        .setMaxLength(LONGEST_QUESTION)
        .setRequired(true),
    )
    .addBooleanOption((option) =>
      option.setName("private").setDescription("Show the answer to nobody but me"),
    )
    .toJSON(),

  async execute(interaction, { asking }: AskServices, say) {
    const { plain, text } = plainRequest(spoken(interaction.options.getString("question") ?? ""));
    const isPrivate = interaction.options.getBoolean("private") ?? false;
    if (text === "") {
      await interaction.reply({
        content: say("asking.nothingAsked"),
        flags: MessageFlags.Ephemeral,
      });
      return;
    }
    const turns: ConversationTurn[] = [{ role: "member", text }];
    await asking.answer(interaction, { turns, plain, isPrivate }, say);
  },
};

export const askAboutCommand: Command = {
  needs: "member",
  opensForm: true,
  definition: new ContextMenuCommandBuilder()
    .setName("Ask about this")
    .setType(ApplicationCommandType.Message)
    .setIntegrationTypes(...EITHER_WAY)
    .setContexts(...EVERYWHERE)
    .toJSON(),

  async executeOn(interaction, { asking }: AskServices, say) {
    const { targetMessage, user } = interaction;
    const about = quoted(targetMessage, interaction.client.user.id);
    if (about.text === "" && about.unseen === undefined && about.enclosures === undefined) {
      await sayPrivately(interaction, say("asking.nothingToRead"));
      return;
    }
    asking.remembered.keepMessage(user.id, targetMessage.id, about);
    await interaction.showModal(aboutForm(targetMessage.id, say));
  },
};

export const askComponents: ComponentHandler = {
  prefix: ASK,
  ids: ASK_IDS,
  needs: "member",
  acknowledges: "own",
  async respond(interaction, services: AskServices, say) {
    const [, verb, subject] = interaction.customId.split(":");
    if (interaction.isModalSubmit()) {
      if (verb === "about") await answerAbout(interaction, services, say, subject);
      else await answerNext(interaction, services, say, subject);
    } else if (interaction.isButton()) {
      if (verb === "on") await openNext(interaction, services, say);
      else await services.asking.askedBallots.press(interaction, choiceNamed(subject), say);
    }
  },
};

/** The answer is private: it is about somebody else's words. */
async function answerAbout(
  interaction: ModalSubmitInteraction,
  { asking }: AskServices,
  say: Say,
  messageId = "",
): Promise<void> {
  const about = asking.remembered.message(interaction.user.id, messageId);
  const { plain, text } = fieldOf(interaction);
  if (about === undefined || text === "") {
    await sayPrivately(
      interaction,
      about === undefined ? say("asking.messageLost") : say("asking.nothingAsked"),
    );
    return;
  }
  const turns = [questionAbout(about, text)];
  await asking.answer(interaction, { turns, plain, isPrivate: true }, say);
}

async function openNext(
  interaction: ButtonInteraction,
  { asking }: AskServices,
  say: Say,
): Promise<void> {
  const { message, user } = interaction;
  const conversation = asking.remembered.conversation(message.id);
  if (conversation === undefined) await sayPrivately(interaction, say("asking.threadLost"));
  else if (conversation.memberId !== user.id)
    await sayPrivately(interaction, say("asking.somebodyElses"));
  else await interaction.showModal(nextForm(message.id, say));
}

/** As private as what it follows. */
async function answerNext(
  interaction: ModalSubmitInteraction,
  { asking }: AskServices,
  say: Say,
  messageId = "",
): Promise<void> {
  const conversation = asking.remembered.conversation(messageId);
  const isOwn = conversation?.memberId === interaction.user.id;
  const { plain, text } = fieldOf(interaction);
  if (conversation === undefined) await sayPrivately(interaction, say("asking.threadLost"));
  else if (!isOwn) await sayPrivately(interaction, say("asking.somebodyElses"));
  else if (text === "") await sayPrivately(interaction, say("asking.nothingAsked"));
  else {
    const isPrivate = interaction.message?.flags.has(MessageFlags.Ephemeral) ?? true;
    const turns: ConversationTurn[] = [...turnsSoFar(conversation), { role: "member", text }];
    await asking.answer(interaction, { turns, plain, isPrivate }, say);
  }
}

function fieldOf(interaction: ModalSubmitInteraction): { plain: boolean; text: string } {
  const written = interaction.fields.getTextInputValue(FIELD).slice(0, LONGEST_QUESTION);
  return plainRequest(spoken(written));
}

async function sayPrivately(interaction: Answerable, content: string): Promise<void> {
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
