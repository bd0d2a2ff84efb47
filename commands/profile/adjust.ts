/** `/profile adjust`: a wish for more of one end of an axis, as a strong vote that can be taken back. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  MessageFlags,
  StringSelectMenuBuilder,
} from "discord.js";
import { memberOf } from "../../src/discord/addressing.js";
import { languageOf, profileMessage } from "../../src/discord/profile-message.js";
import { OutdatedAxesError } from "../../src/profiles/nudges.js";
import { undoLast } from "../../src/profiles/undo.js";
import type { CommandServices, ComponentInteraction } from "../command.js";

const MENU = "profile:nudge";
const UNDO = "profile:undo-nudge";
/** Discord's limit on the options of a menu, two for each axis. */
const MOST_AXES = 12;
const LABEL_LIMIT = 100;
const NO_CONSENT = "I may not learn about you at the moment; `/profile start` changes that.";
const INTRO = "What would you like more of? Each wish counts as a few votes and can be taken back.";

export async function adjust(
  interaction: ChatInputCommandInteraction,
  services: CommandServices,
): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const member = memberOf(interaction, interaction.user.id);
  if (!(await services.consents.mayLearn(member))) {
    await interaction.editReply(NO_CONSENT);
    return;
  }
  await interaction.editReply(await adjustMessage(interaction, services, INTRO, false));
}

/** A choice in the menu, or the button that takes the wish back. */
export async function respondToAdjusting(
  interaction: ComponentInteraction,
  services: CommandServices,
): Promise<void> {
  if (!interaction.isMessageComponent()) return;
  await interaction.deferUpdate();
  const member = memberOf(interaction, interaction.user.id);
  if (interaction.isButton()) {
    const undone = await undoLast(member, services);
    const said = undone === undefined ? "There is nothing to take back." : "Taken back.";
    await interaction.editReply(await adjustMessage(interaction, services, said, false));
    return;
  }
  if (!interaction.isStringSelectMenu()) return;
  const [version = "", axis, end] = interaction.values[0]!.split(":");
  try {
    const high = end === "high";
    const done = await services.nudges.nudge(member, version, Number(axis), high);
    const { low, high: highEnd } = services.nudges.axes.axes[Number(axis)]!;
    const said = done ? `Noted: more **${high ? highEnd : low}**.` : NO_CONSENT;
    await interaction.editReply(await adjustMessage(interaction, services, said, done));
  } catch (error) {
    if (!(error instanceof OutdatedAxesError)) throw error;
    await interaction.editReply({ content: error.message, components: [], files: [] });
  }
}

async function adjustMessage(
  interaction: ChatInputCommandInteraction | ComponentInteraction,
  services: CommandServices,
  said: string,
  undoable: boolean,
) {
  const member = memberOf(interaction, interaction.user.id);
  const language = await languageOf(interaction, services);
  const message = await profileMessage(member, language, services, `${said}\n`);
  const undo = new ButtonBuilder()
    .setCustomId(UNDO)
    .setLabel("Take it back")
    .setStyle(ButtonStyle.Secondary);
  const components = [
    new ActionRowBuilder<StringSelectMenuBuilder | ButtonBuilder>().addComponents(menu(services)),
    ...(undoable
      ? [new ActionRowBuilder<StringSelectMenuBuilder | ButtonBuilder>().addComponents(undo)]
      : []),
  ];
  return { ...message, components };
}

function menu({ nudges }: CommandServices): StringSelectMenuBuilder {
  const { axes, version } = nudges.axes;
  const options = axes.slice(0, MOST_AXES).flatMap(({ low, high }, axis) => [
    { label: `more ${low}`.slice(0, LABEL_LIMIT), value: `${version}:${axis}:low` },
    { label: `more ${high}`.slice(0, LABEL_LIMIT), value: `${version}:${axis}:high` },
  ]);
  return new StringSelectMenuBuilder()
    .setCustomId(MENU)
    .setPlaceholder("I would like answers that are …")
    .addOptions(options);
}
