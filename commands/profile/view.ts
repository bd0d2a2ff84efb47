/** `/profile view`. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { languageOf, profileMessage } from "../../src/discord/interactions/profile-message.js";
import { memberOf } from "../../src/discord/messages/addressing.js";

const LEARNING_OFF =
  "-# I am not learning about you at the moment, and answer you plainly. `/profile start` changes that.";

export async function view(
  interaction: ChatInputCommandInteraction,
  services: Pick<CommandServices, "consents" | "guildSettings" | "profileCards">,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const language = await languageOf(interaction, services);
  const message = await profileMessage(member, language, services);
  const learns = await services.consents.mayLearn(member);
  const content = learns ? message.content : `${message.content}\n${LEARNING_OFF}`;
  await interaction.editReply({ ...message, content });
}
