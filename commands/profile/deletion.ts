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
import type { Say } from "../../src/language/say.js";
import { placesOf } from "./export.js";

const RESET = "profile:reset";
const DELETE_HERE = "profile:delete-here";
const DELETE_EVERYWHERE = "profile:delete-everywhere";
const KEEP = "profile:keep";

export async function askBeforeReset(
  interaction: ChatInputCommandInteraction,
  _services: unknown,
  say: Say,
): Promise<void> {
  await ask(interaction, say("profile.askReset"), RESET, say("profile.resetYes"), say);
}

export async function askBeforeDeletion(
  interaction: ChatInputCommandInteraction,
  services: Pick<CommandServices, "memberData">,
  say: Say,
): Promise<void> {
  const places = await placesOf(interaction, services);
  const here = interaction.options.getString("where") === "here";
  const question = here
    ? say("profile.askDeleteHere")
    : say("profile.askDeleteEverywhere", { places: places.length });
  const button = here ? DELETE_HERE : DELETE_EVERYWHERE;
  await ask(interaction, question, button, say("profile.deleteYes"), say);
}

/** One of the buttons of either question. */
export async function respondToDeletion(
  interaction: ButtonInteraction,
  services: Pick<CommandServices, "memberData">,
  say: Say,
): Promise<void> {
  const { customId } = interaction;
  const isKept = customId === KEEP;
  const content = isKept
    ? say("profile.nothingDeleted")
    : await carryOut(interaction, services, say);
  await interaction.editReply({ content, components: [] });
}

async function carryOut(
  interaction: ButtonInteraction,
  { memberData }: Pick<CommandServices, "memberData">,
  say: Say,
): Promise<string> {
  const member = memberOf(interaction, interaction.user.id);
  if (interaction.customId === RESET) {
    return say("profile.resetDone", { votes: await memberData.reset(member) });
  }
  const everywhere = interaction.customId === DELETE_EVERYWHERE;
  const places = everywhere ? "everywhere" : [member.guildId];
  const { votes } = await memberData.delete(member.memberId, places);
  return say(everywhere ? "profile.deletedEverywhere" : "profile.deletedHere", { votes });
}

async function ask(
  interaction: ChatInputCommandInteraction,
  content: string,
  customId: string,
  label: string,
  say: Say,
): Promise<void> {
  const keep = say("profile.keep");
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(ButtonStyle.Danger),
    new ButtonBuilder().setCustomId(KEEP).setLabel(keep).setStyle(ButtonStyle.Secondary),
  );
  await interaction.editReply({ content, components: [buttons] });
}
