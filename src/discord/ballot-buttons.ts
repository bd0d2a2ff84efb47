/** The buttons of a ballot: a tap is acknowledged privately at once, and told when it is stored. */
import { ActionRowBuilder, ButtonBuilder, type ButtonInteraction, ButtonStyle } from "discord.js";
import type { BallotRecord, Choice } from "../storage/records.js";
import { CHOICE_WORDS, choiceNamed } from "../voting/choices.js";
import type { Votes } from "../voting/votes.js";
import { acknowledge } from "./acknowledge.js";
import type { BallotMessages } from "./ballot-messages.js";

const NOT_YOURS = "This question is for somebody else, or it is closed.";
const TAKEN_BACK = "Your vote is taken back; the question stands again.";

export interface BallotButtonsParts {
  readonly votes: Votes;
  readonly ballotMessages: BallotMessages;
}

/** Counts a tap on `ballot:CHOICE`, or takes one back on `ballot:back:MESSAGE:CHOICE`. */
export async function pressBallotButton(
  interaction: ButtonInteraction,
  parts: BallotButtonsParts,
): Promise<void> {
  const [, verb, messageId, choiceName] = interaction.customId.split(":");
  if (verb === "back") await takeBack(interaction, parts, messageId!, choiceNamed(choiceName)!);
  else await tap(interaction, parts, choiceNamed(verb)!);
}

async function tap(
  interaction: ButtonInteraction,
  { votes, ballotMessages }: BallotButtonsParts,
  choice: Choice,
): Promise<void> {
  const messageId = interaction.message.id;
  const acknowledged = await acknowledge(interaction, "reply");
  await ballotMessages.posting(interaction.channelId, messageId);
  const ballot = await votes.tap(messageId, interaction.user.id, choice);
  if (ballot !== undefined) void ballotMessages.show(messageId);
  if (acknowledged) await interaction.editReply(tapAnswer(messageId, choice, ballot));
}

function tapAnswer(messageId: string, choice: Choice, ballot: BallotRecord | undefined) {
  if (ballot === undefined) return NOT_YOURS;
  const back = new ButtonBuilder()
    .setCustomId(`ballot:back:${messageId}:${choice}`)
    .setLabel("Take it back")
    .setStyle(ButtonStyle.Secondary);
  return {
    content: `Thank you, your vote is kept: **${CHOICE_WORDS[choice]}**.`,
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(back)],
  };
}

async function takeBack(
  interaction: ButtonInteraction,
  { votes, ballotMessages }: BallotButtonsParts,
  messageId: string,
  choice: Choice,
): Promise<void> {
  const acknowledged = await acknowledge(interaction, "update");
  const ballot = await votes.withdraw(messageId, interaction.user.id, choice);
  const content = ballot === undefined ? NOT_YOURS : TAKEN_BACK;
  if (ballot !== undefined) void ballotMessages.show(messageId);
  if (acknowledged) await interaction.editReply({ content, components: [] });
}
