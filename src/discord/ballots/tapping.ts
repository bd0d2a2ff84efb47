/** The buttons of a ballot: a tap is acknowledged privately at once, and confirmed when it is stored. */
import { ActionRowBuilder, ButtonBuilder, type ButtonInteraction, ButtonStyle } from "discord.js";
import type { Ballots } from "../../ballots/ballots.js";
import { CHOICE_WORDS, choiceNamed } from "../../ballots/choices.js";
import { type Votes, voteOf } from "../../ballots/votes.js";
import type { Consents } from "../../members/consents.js";
import type { BallotRecord, Choice } from "../../store/records.js";
import { acknowledge } from "../interactions/acknowledge.js";
import { memberOf } from "../messages/addressing.js";
import type { BallotPosting } from "./posting.js";
import type { BallotDisplay } from "./showing.js";

const NOT_YOURS = "This question is for somebody else.";
const CLOSED = "This question is closed: it was deleted, or asked too long ago.";
const ELSEWHERE = "This question was asked in another place, and can only be answered there.";
const CHANGED_SINCE = "That is not your vote any more: you have changed it or taken it back since.";
const NO_CONSENT = "I may not learn about you at the moment; `/profile start` changes that.";
const TAKEN_BACK = "Your vote is taken back; the question is open again.";

/** A button with an unknown choice. */
class UnknownChoiceError extends Error {
  override readonly name = "UnknownChoiceError";

  constructor() {
    super("A button came with a choice that no ballot offers. Nothing was changed.");
  }
}

export interface BallotButtonsParts {
  readonly ballots: Ballots;
  readonly consents: Consents;
  readonly votes: Votes;
  readonly posting: Pick<BallotPosting, "underway">;
  readonly display: Pick<BallotDisplay, "show">;
}

/** Counts a tap on `ballot:CHOICE`, or takes one back on `ballot:back:MESSAGE:CHOICE`. */
export async function pressBallotButton(
  interaction: ButtonInteraction,
  parts: BallotButtonsParts,
): Promise<void> {
  const [, verb, messageId = "", choiceName] = interaction.customId.split(":");
  const choice = choiceNamed(verb === "back" ? choiceName : verb);
  if (choice === undefined) throw new UnknownChoiceError();
  if (verb === "back") await takeBack(interaction, parts, messageId, choice);
  else await tap(interaction, parts, choice);
}

async function tap(
  interaction: ButtonInteraction,
  parts: BallotButtonsParts,
  choice: Choice,
): Promise<void> {
  const { votes, posting, display } = parts;
  const messageId = interaction.message.id;
  const acknowledged = await acknowledge(interaction, "reply");
  await posting.underway(interaction.channelId, messageId);
  const refusal = await refusalOf(interaction, parts, messageId);
  const isChanged =
    refusal === undefined &&
    (await votes.tap(messageId, interaction.user.id, choice)) !== undefined;
  if (isChanged) void display.show(messageId);
  if (!acknowledged) return;
  const standing = isChanged
    ? `Thank you, your vote is stored: **${CHOICE_WORDS[choice]}**.`
    : `That is already your vote: **${CHOICE_WORDS[choice]}**.`;
  const reason = isChanged
    ? undefined
    : (refusal ?? (await whyUnchanged(parts, messageId, choice)));
  await interaction.editReply(
    reason ?? { content: standing, components: [backButton(messageId, choice)] },
  );
}

/** Why this member may not vote on that message here; undefined if they may. */
async function refusalOf(
  interaction: ButtonInteraction,
  { ballots }: BallotButtonsParts,
  messageId: string,
): Promise<string | undefined> {
  const ballot = await ballots.get(messageId);
  if (ballot === undefined) return CLOSED;
  const { guildId, memberId } = memberOf(interaction, interaction.user.id);
  if (ballot.memberId !== memberId) return NOT_YOURS;
  const isHere = ballot.guildId === guildId && ballot.channelId === interaction.channelId;
  return isHere ? undefined : ELSEWHERE;
}

/** Why a tap changed nothing; undefined if the choice is already the vote, as after a double tap. */
async function whyUnchanged(
  { ballots, consents }: BallotButtonsParts,
  messageId: string,
  choice: Choice,
): Promise<string | undefined> {
  const ballot = await ballots.get(messageId);
  if (ballot === undefined) return CLOSED;
  if (voteOf(ballot) === choice) return undefined;
  return (await consents.mayLearn(ballot)) ? CHANGED_SINCE : NO_CONSENT;
}

function backButton(messageId: string, choice: Choice): ActionRowBuilder<ButtonBuilder> {
  const back = new ButtonBuilder()
    .setCustomId(`ballot:back:${messageId}:${choice}`)
    .setLabel("Take it back")
    .setStyle(ButtonStyle.Secondary);
  return new ActionRowBuilder<ButtonBuilder>().addComponents(back);
}

async function takeBack(
  interaction: ButtonInteraction,
  parts: BallotButtonsParts,
  messageId: string,
  choice: Choice,
): Promise<void> {
  const { votes, display } = parts;
  const acknowledged = await acknowledge(interaction, "update");
  const refusal = await refusalOf(interaction, parts, messageId);
  const ballot =
    refusal === undefined
      ? await votes.withdraw(messageId, interaction.user.id, choice)
      : undefined;
  if (ballot !== undefined) void display.show(messageId);
  const content = refusal ?? takenBackText(ballot, choice);
  if (acknowledged) await interaction.editReply({ content, components: [] });
}

/** What to say: `ballot` is as it is afterwards, undefined if there was nothing to take back. */
function takenBackText(ballot: BallotRecord | undefined, choice: Choice): string {
  if (ballot === undefined) return CHANGED_SINCE;
  const vote = voteOf(ballot);
  if (vote === undefined) return TAKEN_BACK;
  return `**${CHOICE_WORDS[choice]}** is taken back; **${CHOICE_WORDS[vote]}** is your vote.`;
}
