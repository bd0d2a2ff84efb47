/** `/profile start`, `pause` and `consent`: what the member allows. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import {
  consentQuestion,
  standingConsent,
} from "../../src/discord/interactions/consent-messages.js";
import { memberOf } from "../../src/discord/messages/addressing.js";

const GOES_ON = "I use your profile again, and learn from your votes.";
const ALREADY = "I am already learning your taste; `/profile view` shows it.";
const PAUSED =
  "Paused: plain answers, no questions, nothing learned. Your profile stays as it is until `/profile start`.";
const NOTHING_TO_PAUSE = "I am not learning about you, so there is nothing to pause.";

export async function start(
  interaction: ChatInputCommandInteraction,
  { consents }: Pick<CommandServices, "consents">,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const begun = consents.begin(member);
  const state = (await consents.get(member))?.state;
  if (state === "paused") await consents.resume(member, begun);
  if (state === "paused" || state === "granted") {
    const content = state === "paused" ? GOES_ON : ALREADY;
    await interaction.editReply(content);
    return;
  }
  await interaction.editReply(consentQuestion(member.memberId));
}

export async function pause(
  interaction: ChatInputCommandInteraction,
  { consents }: Pick<CommandServices, "consents">,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const learns = await consents.mayLearn(member);
  if (learns) await consents.pause(member);
  const content = learns ? PAUSED : NOTHING_TO_PAUSE;
  await interaction.editReply(content);
}

export async function consent(
  interaction: ChatInputCommandInteraction,
  { consents }: Pick<CommandServices, "consents">,
): Promise<void> {
  const record = await consents.get(memberOf(interaction, interaction.user.id));
  await interaction.editReply(standingConsent(record, interaction.user.id));
}
