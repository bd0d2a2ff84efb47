/** `/privacy`: what is stored, why, how long, who else sees it, and how to delete it. No Discord. */
import type { Config } from "../config.js";
import type { Say } from "../language/say.js";

type PrivacyFacts = Pick<
  Config,
  "openai" | "ballotDays" | "guildGraceDays" | "encryptionKey" | "minimumAccountDays"
>;

export function privacyText(config: PrivacyFacts, say: Say): string {
  const days = config.ballotDays;
  return [
    say("privacy.stored"),
    say("privacy.votes"),
    config.encryptionKey === undefined
      ? say("privacy.answersWhileOpen", { days })
      : say("privacy.answersEncrypted", { days }),
    say("privacy.reasons", { days }),
    say("privacy.allowed"),
    say("privacy.use"),
    say("privacy.notStored"),
    say("privacy.seenBy", { service: serviceOf(config, say) }),
    say("privacy.training", { age: accountAge(config, say) }),
    say("privacy.deletion", { days: config.guildGraceDays }),
    say("privacy.questions"),
  ].join("\n");
}

/** Discord's ids say when an account was made, so nothing has to be stored for this. */
function accountAge({ minimumAccountDays: days }: PrivacyFacts, say: Say): string {
  return days === 0 ? "" : say("privacy.accountAge", { days });
}

function serviceOf({ openai }: PrivacyFacts, say: Say): string {
  if (openai === undefined) return say("privacy.nobody");
  const host = openai.baseUrl === undefined ? "api.openai.com" : new URL(openai.baseUrl).host;
  return say("privacy.service", { model: openai.model, host });
}
