/** The calibration as one message that changes from question to question. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type InteractionEditReplyOptions,
} from "discord.js";
import { choiceNamed } from "../../ballots/choices.js";
import type { Say } from "../../language/say.js";
import {
  type CalibrationEnd,
  type CalibrationQuestion,
  type CalibrationStep,
  QUESTIONS,
} from "../../members/calibration/calibration-step.js";
import type { Calibrations } from "../../members/calibration/calibrations.js";
import { answerEmbeds, choiceButtons } from "../ballots/ballot-content.js";

/** Custom ids: this, then the question's number and a choice or "skip", or "start", or "stop". */
export const CALIBRATION_BUTTONS = "calibrate";

/** What a tapped button leads to; undefined for a button of a question that has passed. */
export async function pressCalibrationButton(
  { customId }: ButtonInteraction,
  member: { guildId: string; memberId: string },
  language: string,
  calibrations: Calibrations,
): Promise<CalibrationStep | undefined> {
  const [, verb, choice] = customId.split(":");
  if (verb === "start") return calibrations.start(member, language);
  if (verb === "stop") return calibrations.stop(member);
  const answer = choice === "skip" ? choice : choiceNamed(choice);
  return answer && calibrations.answer(member, Number(verb), answer);
}

/** A question with its progress bar and buttons. */
export function questionMessage(
  question: CalibrationQuestion,
  say: Say,
): InteractionEditReplyOptions {
  const { number, prompt, texts } = question;
  const bar = "▰".repeat(number - 1) + "▱".repeat(QUESTIONS - number + 1);
  const others = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder()
      .setCustomId(`${CALIBRATION_BUTTONS}:${number}:skip`)
      .setLabel(say("calibration.skip"))
      .setStyle(ButtonStyle.Secondary),
    new ButtonBuilder()
      .setCustomId(`${CALIBRATION_BUTTONS}:stop`)
      .setLabel(say("calibration.stop"))
      .setStyle(ButtonStyle.Secondary),
  );
  return {
    content: say("calibration.question", { bar, number, total: QUESTIONS, prompt }),
    embeds: answerEmbeds(texts),
    components: [choiceButtons(`${CALIBRATION_BUTTONS}:${number}`, say), others],
    files: [],
  };
}

/** One sentence for the end. */
export function endText({ agree, answered: answers, early }: CalibrationEnd, say: Say): string {
  if (early && agree) return say("calibration.nothingToAsk");
  if (early) return say("calibration.doneEarly", { answers });
  return answers === 0 ? say("calibration.stopped") : say("calibration.done", { answers });
}
