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
import {
  CONSENT_QUESTION,
  FOR_SOMEBODY_ELSE,
  GRANTED,
  NOT_STEERED,
  OUTDATED,
  POOLED_NO,
  POOLED_QUESTION,
  POOLED_YES,
  REFUSED,
  RENEWED_QUESTION,
  STEERED,
  standingText,
} from "../../members/consent-text.js";
import { type Consents, maySteer } from "../../members/consents.js";
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
): Promise<void> {
  const isRenewed = await consents.isOutdated(member);
  if (!(await consents.claimAsking(member, begun))) return;
  const { memberId } = member;
  try {
    await sendReply(message, isRenewed ? renewedQuestion(memberId) : consentQuestion(memberId));
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
  const question = isRenewed ? renewedQuestion(memberId) : consentQuestion(memberId);
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
export function consentQuestion(memberId: string): { content: string; components: Row[] } {
  return {
    content: CONSENT_QUESTION,
    components: [
      row(
        button(`${CONSENT_BUTTONS}:yes:${memberId}`, "Yes, learn what I like", ButtonStyle.Success),
        button(`${CONSENT_BUTTONS}:no:${memberId}`, "No, thanks", ButtonStyle.Secondary),
      ),
    ],
  };
}

/** What was not part of an earlier yes. */
function renewedQuestion(memberId: string): { content: string; components: Row[] } {
  return {
    content: RENEWED_QUESTION,
    components: [
      row(
        steerButton(memberId),
        button(`${CONSENT_BUTTONS}:steer-no:${memberId}`, "No, thanks", ButtonStyle.Secondary),
      ),
    ],
  };
}

function steerButton(memberId: string): ButtonBuilder {
  const id = `${CONSENT_BUTTONS}:steer-yes:${memberId}`;
  return button(id, "Yes, tell it how I like answers", ButtonStyle.Success);
}

/** The second question, with the offer of the calibration. */
export function pooledQuestion(
  record: ConsentRecord | undefined,
  memberId: string,
): { content: string; components: Row[] } {
  return {
    content: POOLED_QUESTION,
    components: [
      row(
        button(poolId("yes", memberId, record), "Yes, pool my votes", ButtonStyle.Success),
        button(poolId("no", memberId, record), "No, only for me", ButtonStyle.Secondary),
      ),
      calibrationOffer(),
    ],
  };
}

/** What the member has allowed, with the buttons that change it. */
export function standingConsent(
  record: ConsentRecord | undefined,
  memberId: string,
): { content: string; components: Row[] } {
  if (record === undefined || record.state === "asked" || record.state === "refused") {
    return consentQuestion(memberId);
  }
  const pooled = record.pooled
    ? button(poolId("no", memberId, record), "Use my votes only for me", ButtonStyle.Secondary)
    : button(poolId("yes", memberId, record), "Yes, pool my votes", ButtonStyle.Success);
  const stop = button(`${CONSENT_BUTTONS}:no:${memberId}`, "Stop learning", ButtonStyle.Danger);
  const steered = maySteer(record);
  const buttons = steered ? [pooled, stop] : [steerButton(memberId), pooled, stop];
  return { content: standingText(record, steered), components: [row(...buttons)] };
}

function calibrationOffer(): Row {
  return row(button(START_CALIBRATION, "Ten quick questions now", ButtonStyle.Primary));
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
): Promise<void> {
  const [, answer, memberId, since] = interaction.customId.split(":");
  const member = memberOf(interaction, interaction.user.id);
  if (memberId !== undefined && memberId !== member.memberId) {
    await interaction.reply({ content: FOR_SOMEBODY_ELSE, flags: MessageFlags.Ephemeral });
    return;
  }
  const begun = consents.begin(member);
  if (!(await acknowledge(interaction, "update"))) return;
  if (answer === "yes") {
    if (!(await consents.grant(member, begun))) return sayOutdated(interaction);
    const question = pooledQuestion(await consents.get(member), member.memberId);
    await interaction.editReply({ content: GRANTED, components: [] });
    await interaction.followUp({ ...question, flags: MessageFlags.Ephemeral });
  } else if (answer === "steer-yes" || answer === "steer-no") {
    const agrees = answer === "steer-yes";
    if (!(await consents.setSteered(member, agrees, begun))) return sayOutdated(interaction);
    await interaction.editReply({ content: agrees ? STEERED : NOT_STEERED, components: [] });
  } else if (answer === "no") {
    if (!(await consents.refuse(member, begun))) return sayOutdated(interaction);
    await interaction.editReply({ content: REFUSED, components: [] });
  } else {
    const pooled = answer === "pool-yes";
    // An old button without a time changes nothing: nobody knows which consent it was shown for.
    const known = since === undefined ? Number.NaN : Number(since);
    if (!(await consents.setPooled(member, pooled, known))) return sayOutdated(interaction);
    const content = pooled ? POOLED_YES : POOLED_NO;
    await interaction.editReply({ content, components: [calibrationOffer()] });
  }
}

async function sayOutdated(interaction: ButtonInteraction): Promise<void> {
  await interaction.editReply({ content: OUTDATED, components: [] });
}

function row(...buttons: ButtonBuilder[]): Row {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(buttons);
}

function button(customId: string, label: string, style: ButtonStyle): ButtonBuilder {
  return new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(style);
}
