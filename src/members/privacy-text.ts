/** `/privacy`: what is stored, why, how long, who else sees it, and how to delete it. No Discord. */
import type { Config, OpenAIConfig } from "../config.js";
import type { Say } from "../language/say.js";

type PrivacyFacts = Pick<
  Config,
  "openai" | "fallback" | "ballotDays" | "guildGraceDays" | "encryptionKey" | "minimumAccountDays"
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

function serviceOf({ openai, fallback }: PrivacyFacts, say: Say): string {
  if (openai === undefined) return say("privacy.nobody");
  const first = say("privacy.service", placeOf(openai));
  if (fallback === undefined) return first;
  return `${first} ${say("privacy.secondService", placeOf(fallback))}`;
}

/** Every model that may write, and where it is. */
function placeOf({ baseUrl, model, otherModels }: OpenAIConfig): { model: string; host: string } {
  const host = baseUrl === undefined ? "api.openai.com" : new URL(baseUrl).host;
  return { model: [model, ...otherModels].join("`, `"), host };
}
