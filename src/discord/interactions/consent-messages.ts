/** The two questions of consent as messages with buttons, and what the buttons do. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type Message,
  MessageFlags,
  type RepliableInteraction,
} from "discord.js";
import type { Say } from "../../language/say.js";
import { maySteer } from "../../members/consent-record.js";
import { standingText } from "../../members/consent-text.js";
import type { Consents } from "../../members/consents.js";
import type { Condition } from "../../store/condition.js";
import { DIRECT_MESSAGES_GUILD } from "../../store/ids.js";
import type { ConsentRecord, MemberKey } from "../../store/records.js";
import { memberOf } from "../messages/addressing.js";
import { sendReply } from "../messages/answer-messages.js";
import { acknowledge } from "./acknowledge.js";

/** Custom ids of these buttons: this, a colon, what to do, and for the first question the member's id. */
export const CONSENT_BUTTONS = "consent";
export const START_CALIBRATION = "calibrate:start";

type Row = ActionRowBuilder<ButtonBuilder>;

/** Asks below the answer to `message`, `begun` when it came, once for each member and place. */
export async function askConsent(
  message: Message,
  member: MemberKey,
  consents: Consents,
  begun: Condition,
  say: Say,
): Promise<void> {
  const isRenewed = await consents.isOutdated(member);
  if (!(await consents.claimAsking(member, begun))) return;
  const { memberId } = member;
  try {
    await sendReply(
      message,
      isRenewed ? renewedQuestion(memberId, say) : consentQuestion(memberId, say),
    );
  } catch (error) {
    // It was not asked, so it may be asked another time.
    await consents.unmarkAsked(member);
    throw error;
  }
}

interface AskingParts {
  readonly consents: Consents;
  readonly begun: Condition;
  readonly say: Say;
}

/** The same by a private follow-up of `interaction`, where the bot may be a stranger. */
export async function askConsentPrivately(
  interaction: RepliableInteraction,
  member: MemberKey,
  { consents, begun, say }: AskingParts,
): Promise<void> {
  const isRenewed = await consents.isOutdated(member);
  if (!(await consents.claimAsking(member, begun))) return;
  const { memberId } = member;
  const question = isRenewed ? renewedQuestion(memberId, say) : consentQuestion(memberId, say);
  const where = member.guildId === DIRECT_MESSAGES_GUILD ? `\n${say("asking.personalPlace")}` : "";
  try {
    const content = question.content + where;
    await interaction.followUp({ ...question, content, flags: MessageFlags.Ephemeral });
  } catch (error) {
    // It was not asked, so it may be asked another time.
    await consents.unmarkAsked(member);
    throw error;
  }
}

/** The first question. Its buttons carry the member's id, because everybody can see the message. */
export function consentQuestion(
  memberId: string,
  say: Say,
): { content: string; components: Row[] } {
  return {
    content: say("consent.question"),
    components: [
      row(
        button(`${CONSENT_BUTTONS}:yes:${memberId}`, say("consent.yes"), ButtonStyle.Success),
        button(`${CONSENT_BUTTONS}:no:${memberId}`, say("consent.no"), ButtonStyle.Secondary),
      ),
    ],
  };
}

/** What was not part of an earlier yes. */
function renewedQuestion(memberId: string, say: Say): { content: string; components: Row[] } {
  return {
    content: say("consent.renewedQuestion"),
    components: [
      row(
        steerButton(memberId, say),
        button(`${CONSENT_BUTTONS}:steer-no:${memberId}`, say("consent.no"), ButtonStyle.Secondary),
      ),
    ],
  };
}

function steerButton(memberId: string, say: Say): ButtonBuilder {
  const id = `${CONSENT_BUTTONS}:steer-yes:${memberId}`;
  return button(id, say("consent.steerYes"), ButtonStyle.Success);
}

/** The second question, with the offer of the calibration. */
export function pooledQuestion(
  record: ConsentRecord | undefined,
  memberId: string,
  say: Say,
): { content: string; components: Row[] } {
  return {
    content: say("consent.pooledQuestion"),
    components: [
      row(
        button(poolId("yes", memberId, record), say("consent.poolYes"), ButtonStyle.Success),
        button(poolId("no", memberId, record), say("consent.poolNo"), ButtonStyle.Secondary),
      ),
      calibrationOffer(say),
    ],
  };
}

/** What the member has allowed, with the buttons that change it. */
export function standingConsent(
  record: ConsentRecord | undefined,
  memberId: string,
  say: Say,
): { content: string; components: Row[] } {
  if (record === undefined || record.state === "asked" || record.state === "refused") {
    return consentQuestion(memberId, say);
  }
  const pooled = record.pooled
    ? button(poolId("no", memberId, record), say("consent.onlyForMe"), ButtonStyle.Secondary)
    : button(poolId("yes", memberId, record), say("consent.poolYes"), ButtonStyle.Success);
  const stop = button(`${CONSENT_BUTTONS}:no:${memberId}`, say("consent.stop"), ButtonStyle.Danger);
  const steered = maySteer(record);
  const buttons = steered ? [pooled, stop] : [steerButton(memberId, say), pooled, stop];
  return { content: standingText(record, steered, say), components: [row(...buttons)] };
}

function calibrationOffer(say: Say): Row {
  return row(button(START_CALIBRATION, say("consent.calibrationOffer"), ButtonStyle.Primary));
}

/** Valid for the present consent only, not for one that is given later. */
function poolId(answer: "yes" | "no", memberId: string, record: ConsentRecord | undefined): string {
  return `${CONSENT_BUTTONS}:pool-${answer}:${memberId}:${record?.since ?? 0}`;
}

/**
 * What a button of either question does. Nothing is stored if Discord has given up on the tap: the
 * member sees that it failed, and can tap again.
 */
export async function answerConsent(
  interaction: ButtonInteraction,
  consents: Consents,
  say: Say,
): Promise<void> {
  const [, answer, memberId, since] = interaction.customId.split(":");
  const member = memberOf(interaction, interaction.user.id);
  if (memberId !== undefined && memberId !== member.memberId) {
    await interaction.reply({
      content: say("consent.forSomebodyElse"),
      flags: MessageFlags.Ephemeral,
    });
    return;
  }
  const begun = consents.begin(member);
  if (!(await acknowledge(interaction, "update"))) return;
  if (answer === "yes") {
    if (!(await consents.grant(member, begun))) return sayOutdated(interaction, say);
    const question = pooledQuestion(await consents.get(member), member.memberId, say);
    await interaction.editReply({ content: say("consent.granted"), components: [] });
    await interaction.followUp({ ...question, flags: MessageFlags.Ephemeral });
  } else if (answer === "steer-yes" || answer === "steer-no") {
    const agrees = answer === "steer-yes";
    if (!(await consents.setSteered(member, agrees, begun))) return sayOutdated(interaction, say);
    await interaction.editReply({
      content: say(agrees ? "consent.steered" : "consent.notSteered"),
      components: [],
    });
  } else if (answer === "no") {
    if (!(await consents.refuse(member, begun))) return sayOutdated(interaction, say);
    await interaction.editReply({ content: say("consent.refused"), components: [] });
  } else {
    const pooled = answer === "pool-yes";
    // An old button without a time changes nothing: nobody knows which consent it was shown for.
    const known = since === undefined ? Number.NaN : Number(since);
    if (!(await consents.setPooled(member, pooled, known))) return sayOutdated(interaction, say);
    const content = say(pooled ? "consent.pooled" : "consent.notPooled");
    await interaction.editReply({ content, components: [calibrationOffer(say)] });
  }
}

async function sayOutdated(interaction: ButtonInteraction, say: Say): Promise<void> {
  await interaction.editReply({ content: say("consent.outdated"), components: [] });
}

function row(...buttons: ButtonBuilder[]): Row {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(buttons);
}

function button(customId: string, label: string, style: ButtonStyle): ButtonBuilder {
  return new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(style);
}
