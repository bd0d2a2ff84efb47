/** `/profile view`. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { languageOf, profileMessage } from "../../src/discord/interactions/profile-message.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import type { Say } from "../../src/language/say.js";

export async function view(
  interaction: ChatInputCommandInteraction,
  services: Pick<CommandServices, "consents" | "guildSettings" | "profileCards">,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const language = await languageOf(interaction, services);
  const message = await profileMessage(member, language, services, say);
  const learns = await services.consents.mayLearn(member);
  const off = `${message.content}\n${say("profile.learningOff")}`;
  const content = learns ? message.content : off;
  await interaction.editReply({ ...message, content });
}
