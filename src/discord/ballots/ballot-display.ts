/** Makes a ballot's message show a vote: the chosen answer, or the question again. Stores nothing. */
import type { Client, Message, MessageEditOptions, TextBasedChannel } from "discord.js";
import { chosenAnswer } from "../../ballots/chosen-answer.js";
import { splitMessage } from "../../conversation/split-message.js";
import type { BallotRecord, Choice } from "../../store/records.js";
import { ANSWER_FLAGS } from "../gateway/client.js";
import { isGone, isUnwanted } from "../gateway/discord-errors.js";
import { retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import {
  AnswerCutError,
  CUT_BY_RULES,
  sendPieces,
  sendReply,
} from "../messages/answer-messages.js";
import { ballotContent } from "./ballot-embeds.js";

const TEXTS_GONE = "Your vote is taken back. The two answers are no longer kept.";

/** What a ballot's messages show now. */
export type BallotDisplay = Pick<BallotRecord, "followUpIds"> & { readonly shown?: Choice };

/** Waits for an outage a little. Throws discord.js's error where the message can't be changed. */
export async function displayVote(
  client: Client,
  messageId: string,
  ballot: BallotRecord,
  vote: Choice | undefined,
): Promise<BallotDisplay> {
  const channel = await channelOf(client, ballot.channelId);
  const shown = vote !== undefined && { shown: vote };
  if (ballot.textsGone) {
    // A changed vote counts, and what stands stays; without a vote there is no question to show again.
    const gone = { content: TEXTS_GONE, embeds: [], components: [] };
    if (vote === undefined)
      await retryWhileUnavailable(() => channel.messages.edit(messageId, gone));
    return { ...shown, followUpIds: ballot.followUpIds };
  }
  const [first = "", ...rest] = vote === undefined ? [] : splitMessage(chosenAnswer(ballot, vote));
  const content: MessageEditOptions =
    vote === undefined
      ? { ...ballotContent(ballot.candidates), flags: [] }
      : { content: first, embeds: [], components: [], flags: ANSWER_FLAGS };
  const edited = await retryWhileUnavailable(() => channel.messages.edit(messageId, content));
  for (const id of ballot.followUpIds) await deleteFollowUp(channel, id);
  const followUps = await sendRest(edited, rest);
  return { ...shown, followUpIds: followUps.map((message) => message.id) };
}

/**
 * Where a server's rules stop a later piece, the reader is told. After another failure nothing of the
 * rest stays, for all of it is sent again.
 */
async function sendRest(first: Message, pieces: readonly string[]): Promise<readonly Message[]> {
  try {
    return await sendPieces(first, pieces);
  } catch (error) {
    const cut = error instanceof AnswerCutError ? error : new AnswerCutError([], error);
    if (isUnwanted(cut.cause)) {
      return [...cut.sent, await sendReply(cut.sent.at(-1) ?? first, { content: CUT_BY_RULES })];
    }
    await Promise.allSettled(cut.sent.map((message) => message.delete()));
    throw cut.cause;
  }
}

/**
 * Whether `message` shows what the ballot says it does. A process may die between Discord's edit and
 * its note of it; where the texts are no longer kept there is nothing to compare with.
 */
export function showsVote(message: Message, ballot: BallotRecord): boolean {
  const vote = ballot.choices.at(-1);
  if (vote === undefined) return message.components.length > 0;
  if (ballot.textsGone) return true;
  const [first = ""] = splitMessage(chosenAnswer(ballot, vote));
  return message.components.length === 0 && message.content.trim() === first.trim();
}

/** `ballot` with `display` in the place of what it showed before. */
export function withDisplay(ballot: BallotRecord, display: BallotDisplay): BallotRecord {
  const { shown: _previous, ...unshown } = ballot;
  return { ...unshown, ...display };
}

async function deleteFollowUp(channel: TextBasedChannel, messageId: string): Promise<void> {
  try {
    await retryWhileUnavailable(() => channel.messages.delete(messageId));
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

async function channelOf(client: Client, channelId: string): Promise<TextBasedChannel> {
  const channel = await client.channels.fetch(channelId);
  if (!channel?.isTextBased()) throw new Error(`Channel ${channelId} holds no messages.`);
  return channel;
}
