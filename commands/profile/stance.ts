/** `/profile start`, `pause` and `consent`: what the member allows. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import {
  consentQuestion,
  standingConsent,
} from "../../src/discord/interactions/consent-messages.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import type { Say } from "../../src/language/say.js";

export async function start(
  interaction: ChatInputCommandInteraction,
  { consents }: Pick<CommandServices, "consents">,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const begun = consents.begin(member);
  const state = (await consents.get(member))?.state;
  if (state === "paused") await consents.resume(member, begun);
  if (state === "paused" || state === "granted") {
    await interaction.editReply(say(state === "paused" ? "profile.goesOn" : "profile.already"));
    return;
  }
  await interaction.editReply(consentQuestion(member.memberId, say));
}

export async function pause(
  interaction: ChatInputCommandInteraction,
  { consents }: Pick<CommandServices, "consents">,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const learns = await consents.mayLearn(member);
  if (learns) await consents.pause(member);
  await interaction.editReply(say(learns ? "profile.paused" : "profile.nothingToPause"));
}

export async function consent(
  interaction: ChatInputCommandInteraction,
  { consents }: Pick<CommandServices, "consents">,
  say: Say,
): Promise<void> {
  const record = await consents.get(memberOf(interaction, interaction.user.id));
  await interaction.editReply(standingConsent(record, interaction.user.id, say));
}
