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
import type { Axis, AxisEnds } from "../../models/rewards/base-rewards.js";
import { membersAgree } from "../../models/rewards/personal-share.js";
import { STEERABLE_AXES, type SteerableAxis } from "../../models/steering/steerable-axes.js";
import type { ComponentInteraction } from "../../src/discord/interactions/command.js";
import type { CommandServices } from "../../src/discord/interactions/command-services.js";
import { languageOf, profileMessage } from "../../src/discord/interactions/profile-message.js";
import { memberOf } from "../../src/discord/messages/addressing.js";
import { axisEnd } from "../../src/language/axis-words.js";
import type { Say } from "../../src/language/say.js";
import { OutdatedAxesError } from "../../src/members/nudges.js";

const MENU = "profile:nudge";
const TOLD = "profile:told";
const UNDO = "profile:undo-nudge";
const SPEED = "profile:speed";
/** Discord's limit on the options of a menu, two for each axis. */
const MOST_AXES = 12;
const LABEL_LIMIT = 100;

type AdjustServices = Pick<
  CommandServices,
  "consents" | "guildSettings" | "models" | "nudges" | "profileCards"
>;

export async function adjust(
  interaction: ChatInputCommandInteraction,
  services: AdjustServices,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  if (!(await services.consents.mayLearn(member))) {
    await interaction.editReply(say("consent.mayNotLearn"));
    return;
  }
  if (membersAgree(services.models.current)) {
    await interaction.editReply(await speedMessage(interaction, services, say));
    return;
  }
  await interaction.editReply(
    await adjustMessage(interaction, services, say("profile.adjustIntro"), say),
  );
}

/** A choice in the menu, or the button that takes the wish back. */
export async function respondToAdjusting(
  interaction: ComponentInteraction,
  services: AdjustServices,
  say: Say,
): Promise<void> {
  if (interaction.isButton() && interaction.customId.startsWith(SPEED)) {
    await setSpeed(interaction, services, say);
  } else if (interaction.isButton()) await takeBack(interaction, services, say);
  else if (interaction.isStringSelectMenu() && interaction.customId === TOLD) {
    await tell(interaction, services, say);
  } else if (interaction.isStringSelectMenu()) await wish(interaction, services, say);
}

async function takeBack(
  interaction: ButtonInteraction,
  services: AdjustServices,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const [, , comparisonId = ""] = interaction.customId.split(":");
  const isGone = !(await services.nudges.takeBack(member, comparisonId));
  const said = say(isGone ? "profile.wishGone" : "profile.wishTakenBack");
  await interaction.editReply(await adjustMessage(interaction, services, said, say));
}

async function wish(
  interaction: StringSelectMenuInteraction,
  services: AdjustServices,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const [version = "", axis = "", end] = interaction.values[0]?.split(":") ?? [];
  try {
    if (end !== "high" && end !== "low") throw new OutdatedAxesError();
    const wishId = await services.nudges.nudge(member, version, Number(axis), end === "high");
    const wished = services.nudges.axes.axes[Number(axis)];
    const towards = wished === undefined ? "" : axisEnd(wished, end, say);
    const said =
      wishId === undefined
        ? say("consent.mayNotLearn")
        : say("profile.notedMore", { end: towards });
    await interaction.editReply(await adjustMessage(interaction, services, said, say, wishId));
  } catch (error) {
    if (!(error instanceof OutdatedAxesError)) throw error;
    const content = say("profile.outdatedAxes");
    await interaction.editReply({ content, components: [], files: [] });
  }
}

/** The axes that are chosen are those that the language model may hear of; all others are switched off. */
async function tell(
  interaction: StringSelectMenuInteraction,
  services: AdjustServices,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const withheld = STEERABLE_AXES.filter((axis) => !interaction.values.includes(axis));
  const isNoted = await services.consents.withhold(member, withheld);
  const said = say(isNoted ? "profile.noted" : "consent.mayNotLearn");
  await interaction.editReply(await adjustMessage(interaction, services, said, say));
}

/** The button says what it changes to. */
async function setSpeed(
  interaction: ButtonInteraction,
  services: AdjustServices,
  say: Say,
): Promise<void> {
  const member = memberOf(interaction, interaction.user.id);
  const fast = interaction.customId.endsWith(":on");
  const isNoted = await services.consents.setFast(member, fast);
  const now = say(fast ? "profile.nowFast" : "profile.nowBest");
  const said = isNoted ? now : say("consent.mayNotLearn");
  if (membersAgree(services.models.current)) {
    const components = isNoted ? [row(speedButton(fast, say))] : [];
    await interaction.editReply({ content: said, components });
  } else await interaction.editReply(await adjustMessage(interaction, services, said, say));
}

/** Where there is nothing to wish for. */
async function speedMessage(
  interaction: ChatInputCommandInteraction,
  { consents }: AdjustServices,
  say: Say,
) {
  const fast = await consents.wantsFast(memberOf(interaction, interaction.user.id));
  return { content: say("profile.nothingToAdjust"), components: [row(speedButton(fast, say))] };
}

function speedButton(isFast: boolean, say: Say): ButtonBuilder {
  return new ButtonBuilder()
    .setCustomId(`${SPEED}:${isFast ? "off" : "on"}`)
    .setLabel(say(isFast ? "profile.fastOff" : "profile.fastOn"))
    .setStyle(ButtonStyle.Secondary);
}

async function adjustMessage(
  interaction: ChatInputCommandInteraction | ComponentInteraction,
  services: AdjustServices,
  said: string,
  say: Say,
  wishId?: string,
) {
  const member = memberOf(interaction, interaction.user.id);
  const language = await languageOf(interaction, services);
  const message = await profileMessage(member, language, services, say, `${said}\n`);
  const undo = new ButtonBuilder()
    .setCustomId(`${UNDO}:${wishId}`)
    .setLabel(say("ballots.takeBack"))
    .setStyle(ButtonStyle.Secondary);
  const { agreed, withheld } = await services.consents.toldOf(member);
  const speed = speedButton(await services.consents.wantsFast(member), say);
  const components = [
    row(menu(services, say)),
    ...(agreed ? [row(toldMenu(withheld, say))] : []),
    row(...(wishId !== undefined ? [undo, speed] : [speed])),
  ];
  return { ...message, components };
}

function row(...components: (StringSelectMenuBuilder | ButtonBuilder)[]) {
  return new ActionRowBuilder<StringSelectMenuBuilder | ButtonBuilder>().addComponents(components);
}

/** What the language model may hear of, each ticked unless it is switched off. */
function toldMenu(withheld: readonly SteerableAxis[], say: Say): StringSelectMenuBuilder {
  return new StringSelectMenuBuilder()
    .setCustomId(TOLD)
    .setPlaceholder(say("profile.toldNothing"))
    .setMinValues(0)
    .setMaxValues(STEERABLE_AXES.length)
    .addOptions(
      STEERABLE_AXES.map((axis) => ({
        label: say("profile.mayHear", { axis: say(`manner.${axis}`) }),
        value: axis,
        default: !withheld.includes(axis),
      })),
    );
}

function menu({ nudges }: Pick<CommandServices, "nudges">, say: Say): StringSelectMenuBuilder {
  const { axes, version } = nudges.axes;
  const label = (axis: Axis, end: keyof AxisEnds) =>
    say("profile.more", { end: axisEnd(axis, end, say) }).slice(0, LABEL_LIMIT);
  const options = axes.slice(0, MOST_AXES).flatMap((axis, at) => [
    { label: label(axis, "low"), value: `${version}:${at}:low` },
    { label: label(axis, "high"), value: `${version}:${at}:high` },
  ]);
  return new StringSelectMenuBuilder()
    .setCustomId(MENU)
    .setPlaceholder(say("profile.wishes"))
    .addOptions(options);
}
