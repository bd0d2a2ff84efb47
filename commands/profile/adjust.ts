/**
 * `/profile adjust`: a wish for more of one end of an axis, as a strong vote that can be taken back;
 * and what the language model may hear of the member's taste.
 */
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  StringSelectMenuBuilder,
  type StringSelectMenuInteraction,
} from "discord.js";
import { membersAgree } from "../../models/rewards/personal-share.js";
import { STEERABLE_AXES, type SteerableAxis } from "../../models/steering/steerable-axes.js";
import type { ComponentInteraction } from "../../src/discord/interactions/command.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { languageOf, profileMessage } from "../../src/discord/interactions/profile-message.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import { AXIS_NAMES } from "../../src/members/manner-text.js";
import { OutdatedAxesError } from "../../src/members/nudges.js";

const MENU = "profile:nudge";
const TOLD = "profile:told";
const UNDO = "profile:undo-nudge";
/** Discord's limit on the options of a menu, two for each axis. */
const MOST_AXES = 12;
const LABEL_LIMIT = 100;
const NO_CONSENT = "I may not learn about you at the moment; `/profile start` changes that.";
const NOTHING_TO_ADJUST =
  "Members agree about answers so far, so a wish would change nothing at the moment.";
const ALREADY_TAKEN_BACK =
  "That wish does not count any more. `/profile undo` takes back the last thing that I learned.";
const NOTED = "Noted.";
const INTRO = "What would you like more of? Each wish counts as a few votes and can be taken back.";

type AdjustServices = Pick<
  CommandServices,
  "consents" | "guildSettings" | "nudges" | "profileCards"
>;

export async function adjust(
  interaction: ChatInputCommandInteraction,
  services: AdjustServices & Pick<CommandServices, "models">,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  if (!(await services.consents.mayLearn(member))) {
    await interaction.editReply(NO_CONSENT);
    return;
  }
  if (membersAgree(services.models.current)) {
    await interaction.editReply(NOTHING_TO_ADJUST);
    return;
  }
  await interaction.editReply(await adjustMessage(interaction, services, INTRO));
}

/** A choice in the menu, or the button that takes the wish back. */
export async function respondToAdjusting(
  interaction: ComponentInteraction,
  services: AdjustServices,
): Promise<void> {
  if (interaction.isButton()) await takeBack(interaction, services);
  else if (interaction.isStringSelectMenu() && interaction.customId === TOLD) {
    await tell(interaction, services);
  } else if (interaction.isStringSelectMenu()) await wish(interaction, services);
}

async function takeBack(interaction: ButtonInteraction, services: AdjustServices): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const [, , comparisonId = ""] = interaction.customId.split(":");
  const isGone = !(await services.nudges.takeBack(member, comparisonId));
  const said = isGone ? ALREADY_TAKEN_BACK : "Taken back.";
  await interaction.editReply(await adjustMessage(interaction, services, said));
}

async function wish(
  interaction: StringSelectMenuInteraction,
  services: AdjustServices,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const [version = "", axis = "", end] = interaction.values[0]?.split(":") ?? [];
  try {
    if (end !== "high" && end !== "low") throw new OutdatedAxesError();
    const wishId = await services.nudges.nudge(member, version, Number(axis), end === "high");
    const towards = services.nudges.axes.axes[Number(axis)]?.[end];
    const said = wishId === undefined ? NO_CONSENT : `Noted: more **${towards}**.`;
    await interaction.editReply(await adjustMessage(interaction, services, said, wishId));
  } catch (error) {
    if (!(error instanceof OutdatedAxesError)) throw error;
    await interaction.editReply({ content: error.message, components: [], files: [] });
  }
}

/** The axes that are chosen are those that the language model may hear of; all others are switched off. */
async function tell(
  interaction: StringSelectMenuInteraction,
  services: AdjustServices,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const withheld = STEERABLE_AXES.filter((axis) => !interaction.values.includes(axis));
  const said = (await services.consents.withhold(member, withheld)) ? NOTED : NO_CONSENT;
  await interaction.editReply(await adjustMessage(interaction, services, said));
}

async function adjustMessage(
  interaction: ChatInputCommandInteraction | ComponentInteraction,
  services: AdjustServices,
  said: string,
  wishId?: string,
) {
  const member = memberOf(interaction, interaction.user.id);
  const language = await languageOf(interaction, services);
  const message = await profileMessage(member, language, services, `${said}\n`);
  const undo = new ButtonBuilder()
    .setCustomId(`${UNDO}:${wishId}`)
    .setLabel("Take it back")
    .setStyle(ButtonStyle.Secondary);
  const { agreed, withheld } = await services.consents.toldOf(member);
  const components = [
    row(menu(services)),
    ...(agreed ? [row(toldMenu(withheld))] : []),
    ...(wishId !== undefined ? [row(undo)] : []),
  ];
  return { ...message, components };
}

function row(component: StringSelectMenuBuilder | ButtonBuilder) {
  return new ActionRowBuilder<StringSelectMenuBuilder | ButtonBuilder>().addComponents(component);
}

/** What the language model may hear of, each ticked unless it is switched off. */
function toldMenu(withheld: readonly SteerableAxis[]): StringSelectMenuBuilder {
  return new StringSelectMenuBuilder()
    .setCustomId(TOLD)
    .setPlaceholder("The language model hears nothing about my taste")
    .setMinValues(0)
    .setMaxValues(STEERABLE_AXES.length)
    .addOptions(
      STEERABLE_AXES.map((axis) => ({
        label: `It may hear about ${AXIS_NAMES[axis]}`,
        value: axis,
        default: !withheld.includes(axis),
      })),
    );
}

function menu({ nudges }: Pick<CommandServices, "nudges">): StringSelectMenuBuilder {
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
