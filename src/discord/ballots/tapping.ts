/** The buttons of a ballot: a tap is acknowledged privately at once, and confirmed when it is stored. */
import { ActionRowBuilder, ButtonBuilder, type ButtonInteraction, ButtonStyle } from "discord.js";
import type { Ballots } from "../../ballots/ballots.js";
import { choiceNamed } from "../../ballots/choices.js";
import { type Votes, voteOf } from "../../ballots/votes.js";
import type { Say } from "../../language/say.js";
import type { Consents } from "../../members/consents.js";
import type { BallotRecord, Choice } from "../../store/records.js";
import { acknowledge } from "../interactions/acknowledge.js";
import { memberOf } from "../messages/addressing.js";
import type { PostedElsewhere } from "./posted-elsewhere.js";
import type { BallotPosting } from "./posting.js";
import type { BallotDisplay } from "./showing.js";

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
  readonly elsewhere: Pick<PostedElsewhere, "becomesBallot">;
  readonly display: Pick<BallotDisplay, "show">;
}

/** Counts a tap on `ballot:CHOICE`, or takes one back on `ballot:back:MESSAGE:CHOICE`. */
export async function pressBallotButton(
  interaction: ButtonInteraction,
  parts: BallotButtonsParts,
  say: Say,
): Promise<void> {
  const [, verb, messageId = "", choiceName] = interaction.customId.split(":");
  const choice = choiceNamed(verb === "back" ? choiceName : verb);
  if (choice === undefined) throw new UnknownChoiceError();
  if (verb === "back") await takeBack(interaction, parts, messageId, choice, say);
  else await tap(interaction, parts, choice, say);
}

async function tap(
  interaction: ButtonInteraction,
  parts: BallotButtonsParts,
  choice: Choice,
  say: Say,
): Promise<void> {
  const { votes, ballots, posting, elsewhere, display } = parts;
  const messageId = interaction.message.id;
  const acknowledged = await acknowledge(interaction, "reply");
  await posting.underway(interaction.channelId, messageId);
  if ((await ballots.get(messageId)) === undefined) {
    await elsewhere.becomesBallot(interaction.channelId, messageId);
  }
  const refusal = await refusalOf(interaction, parts, messageId, say);
  const isChanged =
    refusal === undefined &&
    (await votes.tap(messageId, interaction.user.id, choice)) !== undefined;
  if (isChanged) void display.show(messageId);
  if (!acknowledged) return;
  const standing = say(isChanged ? "ballots.stored" : "ballots.already", {
    choice: say(`ballots.${choice}`),
  });
  const reason = isChanged
    ? undefined
    : (refusal ?? (await whyUnchanged(parts, messageId, choice, say)));
  await interaction.editReply(
    reason ?? { content: standing, components: [backButton(messageId, choice, say)] },
  );
}

/** Why this member may not vote on that message here; undefined if they may. */
async function refusalOf(
  interaction: ButtonInteraction,
  { ballots }: BallotButtonsParts,
  messageId: string,
  say: Say,
): Promise<string | undefined> {
  const ballot = await ballots.get(messageId);
  if (ballot === undefined) return say("ballots.closed");
  const { guildId, memberId } = memberOf(interaction, interaction.user.id);
  if (ballot.memberId !== memberId) return say("ballots.notYours");
  const isHere = ballot.guildId === guildId && ballot.channelId === interaction.channelId;
  return isHere ? undefined : say("ballots.elsewhere");
}

/** Why a tap changed nothing; undefined if the choice is already the vote, as after a double tap. */
async function whyUnchanged(
  { ballots, consents }: BallotButtonsParts,
  messageId: string,
  choice: Choice,
  say: Say,
): Promise<string | undefined> {
  const ballot = await ballots.get(messageId);
  if (ballot === undefined) return say("ballots.closed");
  if (voteOf(ballot) === choice) return undefined;
  const mayLearn = await consents.mayLearn(ballot);
  return say(mayLearn ? "ballots.changedSince" : "consent.mayNotLearn");
}

function backButton(messageId: string, choice: Choice, say: Say): ActionRowBuilder<ButtonBuilder> {
  const back = new ButtonBuilder()
    .setCustomId(`ballot:back:${messageId}:${choice}`)
    .setLabel(say("ballots.takeBack"))
    .setStyle(ButtonStyle.Secondary);
  return new ActionRowBuilder<ButtonBuilder>().addComponents(back);
}

async function takeBack(
  interaction: ButtonInteraction,
  parts: BallotButtonsParts,
  messageId: string,
  choice: Choice,
  say: Say,
): Promise<void> {
  const { votes, display } = parts;
  const acknowledged = await acknowledge(interaction, "update");
  const refusal = await refusalOf(interaction, parts, messageId, say);
  const ballot =
    refusal === undefined
      ? await votes.withdraw(messageId, interaction.user.id, choice)
      : undefined;
  if (ballot !== undefined) void display.show(messageId);
  const content = refusal ?? takenBackText(ballot, choice, say);
  if (acknowledged) await interaction.editReply({ content, components: [] });
}

/** What to say: `ballot` is as it is afterwards, undefined if there was nothing to take back. */
function takenBackText(ballot: BallotRecord | undefined, choice: Choice, say: Say): string {
  if (ballot === undefined) return say("ballots.changedSince");
  const vote = voteOf(ballot);
  if (vote === undefined) return say("ballots.takenBack");
  return say("ballots.otherStands", {
    choice: say(`ballots.${choice}`),
    vote: say(`ballots.${vote}`),
  });
}
