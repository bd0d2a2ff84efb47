/** The buttons below an answer that a member's profile chose, and below the other one. No I/O. */
import { ActionRowBuilder, ButtonBuilder, ButtonStyle } from "discord.js";
import type { Say } from "../../language/say.js";

/** What comes first in the custom ids of these buttons. */
export const ANOTHER = "another";
/** Every custom id that this file makes. */
export const ANOTHER_IDS = /^another:(?:show|(?:this|first):\d{15,20})$/;

export type Row = ActionRowBuilder<ButtonBuilder>;

/** Below an answer: quiet, for those who would like another one. */
export function anotherControls(say: Say): Row[] {
  return [row(button(`${ANOTHER}:show`, say("another.show")))];
}

/** Below the other answer: which of the two stays. `key` is the first message of the answer. */
export function choiceControls(key: string, say: Say): Row[] {
  const stays = button(`${ANOTHER}:this:${key}`, say("another.thisOne"));
  return [row(stays, button(`${ANOTHER}:first:${key}`, say("another.firstOne")))];
}

function button(customId: string, label: string): ButtonBuilder {
  return new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(ButtonStyle.Secondary);
}

function row(...buttons: ButtonBuilder[]): Row {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(buttons);
}

/** Why there is no other answer, or why a choice does not count: sentences of the catalogue. */
export type AnotherRefusal =
  | "another.notYours"
  | "another.notLearning"
  | "another.notCounted"
  | "another.enoughToday"
  | "another.over"
  | "another.tooOld"
  | "another.same";
