/** `/profile reset` and `/profile delete`: asked once, then done at once. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
} from "discord.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import { placesOf } from "./export.js";

const RESET = "profile:reset";
const DELETE_HERE = "profile:delete-here";
const DELETE_EVERYWHERE = "profile:delete-everywhere";
const KEEP = "profile:keep";

export async function askBeforeReset(interaction: ChatInputCommandInteraction): Promise<void> {
  await ask(
    interaction,
    "This deletes your weights and all your votes here. It can't be undone. Go ahead?",
    RESET,
    "Delete my profile",
  );
}

export async function askBeforeDeletion(
  interaction: ChatInputCommandInteraction,
  services: Pick<CommandServices, "memberData">,
): Promise<void> {
  const places = await placesOf(interaction, services);
  const here = interaction.options.getString("where") === "here";
  const where = here
    ? "here"
    : `in ${places.length === 1 ? "one place" : `${places.length} places`}`;
  await ask(
    interaction,
    `This deletes everything that I have stored about you ${where}: profile, votes, open questions, and what you have allowed. The next training no longer uses it. It can't be undone. Go ahead?`,
    here ? DELETE_HERE : DELETE_EVERYWHERE,
    "Delete everything",
  );
}

/** One of the buttons of either question. */
export async function respondToDeletion(
  interaction: ButtonInteraction,
  services: Pick<CommandServices, "memberData">,
): Promise<void> {
  const { customId } = interaction;
  if (customId === KEEP) {
    await interaction.editReply({ content: "Nothing was deleted.", components: [] });
    return;
  }
  const content = await carryOut(interaction, services);
  await interaction.editReply({ content, components: [] });
}

async function carryOut(
  interaction: ButtonInteraction,
  { memberData }: Pick<CommandServices, "memberData">,
): Promise<string> {
  const member = memberOf(interaction, interaction.user.id);
  if (interaction.customId === RESET) {
    return `Done: your weights and ${votesOf(await memberData.reset(member))} are deleted.`;
  }
  const everywhere = interaction.customId === DELETE_EVERYWHERE;
  const places = everywhere ? "everywhere" : [member.guildId];
  const { votes } = await memberData.delete(member.memberId, places);
  return `Done: your profile, ${votesOf(votes)} and everything else about you ${everywhere ? "" : "here "}are deleted. When you talk to me again, I know nothing about you, and may ask you once more.`;
}

async function ask(
  interaction: ChatInputCommandInteraction,
  content: string,
  customId: string,
  label: string,
): Promise<void> {
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(ButtonStyle.Danger),
    new ButtonBuilder().setCustomId(KEEP).setLabel("Keep it").setStyle(ButtonStyle.Secondary),
  );
  await interaction.editReply({ content, components: [buttons] });
}

function votesOf(count: number): string {
  return count === 1 ? "1 vote" : `${count} votes`;
}
