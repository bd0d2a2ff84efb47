/** Every command of the bot, and everything that answers a button, a menu or a form. */

import { BALLOT_BUTTONS } from "../src/discord/ballots/ballot-content.js";
import { type BallotButtonsParts, pressBallotButton } from "../src/discord/ballots/tapping.js";
import type { Command, ComponentHandler } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";
import { answerConsent, CONSENT_BUTTONS } from "../src/discord/interactions/consent-messages.js";
import type { InteractionHandlers } from "../src/discord/interactions/interaction-handler.js";
import { anotherComponents } from "./another.js";
import { askAboutCommand, askCommand, askComponents } from "./ask.js";
import { newCommand } from "./new.js";
import { plainAnswerCommand } from "./plain-answer.js";
import { privacyCommand } from "./privacy.js";
import { calibrationComponents } from "./profile/calibrate.js";
import { profileCommand, profileComponents } from "./profile.js";
import { reportAnswerCommand, reportCommand, reportComponents } from "./report.js";
import { retrainCommand, retrainComponents } from "./retrain.js";
import { placeComponents } from "./settings/place.js";
import { settingsCommand, settingsComponents } from "./settings.js";
import { statusCommand } from "./status.js";
import { whyCommand, whyComponents } from "./why.js";

export const COMMANDS: readonly Command[] = [
  profileCommand,
  askCommand,
  privacyCommand,
  newCommand,
  reportCommand,
  settingsCommand,
  statusCommand,
  retrainCommand,
  askAboutCommand,
  whyCommand,
  plainAnswerCommand,
  reportAnswerCommand,
];

export const COMPONENTS: readonly ComponentHandler[] = [
  {
    prefix: CONSENT_BUTTONS,
    ids: /^consent:(?:yes|no|steer-yes|steer-no|pool-yes|pool-no)(?::[\w-]{1,40}){0,2}$/,
    needs: "member",
    acknowledges: "own",
    respond: async (interaction, { consents }: Pick<CommandServices, "consents">, say) => {
      if (interaction.isButton()) await answerConsent(interaction, consents, say);
    },
  },
  {
    prefix: BALLOT_BUTTONS,
    ids: /^ballot:(?:a|b|tie|neither|back:\d{15,20}:(?:a|b|tie|neither))$/,
    needs: "member",
    acknowledges: "own",
    respond: async (interaction, services: BallotButtonsParts, say) => {
      if (interaction.isButton()) await pressBallotButton(interaction, services, say);
    },
  },
  askComponents,
  anotherComponents,
  profileComponents,
  calibrationComponents,
  whyComponents,
  reportComponents,
  settingsComponents,
  placeComponents,
  retrainComponents,
];

/** Everything that the bot answers, apart from messages and reactions. */
export const HANDLERS: InteractionHandlers = { commands: COMMANDS, components: COMPONENTS };
