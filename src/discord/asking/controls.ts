/** The buttons and forms of an answer to an interaction. No I/O. */
import {
  ActionRowBuilder,
  type APIEmbed,
  ButtonBuilder,
  ButtonStyle,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import type { BallotDraft } from "../../ballots/ballots.js";
import type { Say } from "../../language/say.js";
import { answerEmbeds, choiceButtons } from "../ballots/ballot-content.js";

/** What comes first in the custom ids of these buttons and forms. */
export const ASK = "ask";
/** Every custom id that this file makes. */
export const ASK_IDS = /^ask:(?:on(?::\d{15,20})?|about:\d{15,20}|vote:(?:a|b|tie|neither)|back)$/;
/** The field of both forms. */
export const FIELD = "question";
export const LONGEST_QUESTION = 4_000;

export type Row = ActionRowBuilder<ButtonBuilder>;

/** Below an answer: to go on, and to take the vote back that it was chosen by. */
export function answerControls({ voted }: { readonly voted: boolean }, say: Say): Row[] {
  const goOn = button(`${ASK}:on`, say("asking.goOn"), ButtonStyle.Primary);
  const back = button(`${ASK}:back`, say("asking.takeBack"), ButtonStyle.Secondary);
  return [new ActionRowBuilder<ButtonBuilder>().addComponents(voted ? [goOn, back] : [goOn])];
}

/** Two answers to choose from, without reactions. */
export function choiceContent(
  candidates: BallotDraft["candidates"],
  say: Say,
): {
  content: string;
  embeds: APIEmbed[];
  components: Row[];
} {
  const embeds = answerEmbeds([candidates[0].text, candidates[1].text]);
  const components = [choiceButtons(`${ASK}:vote`, say)];
  return { content: say("asking.whichIsBetter"), embeds, components };
}

/** The form for a question about the message `messageId`. */
export function aboutForm(messageId: string, say: Say): ModalBuilder {
  return form(`${ASK}:about:${messageId}`, say("asking.aboutTitle"), say("asking.aboutLabel"));
}

/** The form for the message that follows the bot's answer `messageId`. */
export function nextForm(messageId: string, say: Say): ModalBuilder {
  return form(`${ASK}:on:${messageId}`, say("asking.nextTitle"), say("asking.nextLabel"));
}

function form(customId: string, title: string, label: string): ModalBuilder {
  const field = new TextInputBuilder()
    .setCustomId(FIELD)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(LONGEST_QUESTION);
  return new ModalBuilder()
    .setCustomId(customId)
    .setTitle(title)
    .addLabelComponents(new LabelBuilder().setLabel(label).setTextInputComponent(field));
}

function button(customId: string, label: string, style: ButtonStyle): ButtonBuilder {
  return new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(style);
}
