/** `/profile calibrate` and its buttons. */
import type { ChatInputCommandInteraction } from "discord.js";
import {
  CALIBRATION_BUTTONS,
  endText,
  pressCalibrationButton,
  questionMessage,
} from "../../src/discord/interactions/calibration-messages.js";
import type { ComponentHandler } from "../../src/discord/interactions/command.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { consentQuestion } from "../../src/discord/interactions/consent-messages.js";
import { languageOf, profileMessage } from "../../src/discord/interactions/profile-message.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import type { Say } from "../../src/language/say.js";
import type { CalibrationStep } from "../../src/members/calibration/calibration-step.js";
import type { MemberKey } from "../../src/store/records.js";

type CalibrateServices = Pick<
  CommandServices,
  "calibrations" | "consents" | "guildSettings" | "profileCards"
>;

export async function calibrate(
  interaction: ChatInputCommandInteraction,
  services: CalibrateServices,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  if (!(await services.consents.mayLearn(member))) {
    await interaction.editReply(consentQuestion(member.memberId, say));
    return;
  }
  const language = await languageOf(interaction, services);
  const step = await services.calibrations.start(member, language);
  await interaction.editReply(await stepMessage(step, member, language, services, say));
}

export const calibrationComponents: ComponentHandler = {
  prefix: CALIBRATION_BUTTONS,
  ids: /^calibrate:(?:start|stop|\d{1,2}:(?:a|b|tie|neither|skip))$/,
  needs: "member",
  acknowledges: "update",
  async respond(interaction, services: CalibrateServices, say) {
    if (!interaction.isButton()) return;
    const member = memberOf(interaction, interaction.user.id);
    if (!(await services.consents.mayLearn(member))) {
      await interaction.editReply({ ...consentQuestion(member.memberId, say), embeds: [] });
      return;
    }
    const language = await languageOf(interaction, services);
    const step = await pressCalibrationButton(interaction, member, language, services.calibrations);
    if (step === undefined) return;
    await interaction.editReply(await stepMessage(step, member, language, services, say));
  },
};

async function stepMessage(
  step: CalibrationStep,
  member: MemberKey,
  language: string,
  services: Pick<CommandServices, "profileCards">,
  say: Say,
) {
  if (step.kind === "question") return questionMessage(step, say);
  return profileMessage(member, language, services, say, `${endText(step, say)}\n`);
}
