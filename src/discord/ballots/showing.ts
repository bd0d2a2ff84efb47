/** Makes a ballot's message show its vote: the chosen answer, or the question again. */
import AsyncLock from "async-lock";
import type { Client, Message, MessageEditOptions, TextBasedChannel } from "discord.js";
import type { Ballots } from "../../ballots/ballots.js";
import { chosenAnswer } from "../../ballots/choices.js";
import { type Votes, voteOf } from "../../ballots/votes.js";
import { splitMessage } from "../../conversation/split-message.js";
import type { Say } from "../../language/say.js";
import type { Log } from "../../shared/log.js";
import { Coalescer } from "../../shared/pacing.js";
import type { BallotRecord, Choice } from "../../store/records.js";
import { ANSWER_FLAGS } from "../gateway/client.js";
import { isGone, isUnwanted, logFailure } from "../gateway/discord-errors.js";
import { retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import { AnswerCutError, sendPieces, sendReply } from "../messages/answer-messages.js";
import type { Speech } from "../messages/speech.js";
import { ballotContent } from "./ballot-content.js";

/** Shows votes where the channel can't be reached. */
export interface OtherDisplay {
  show(messageId: string): Promise<void>;
  lapse(messageId: string): Promise<void>;
}

export interface BallotDisplayParts {
  readonly client: Client;
  readonly ballots: Ballots;
  readonly votes: Votes;
  /** Those that answer interactions, which nothing in the channel changes. */
  readonly asked: OtherDisplay;
  readonly speech: Pick<Speech, "to">;
  /** Called with work that nobody waits for. */
  readonly work: (task: Promise<void>) => void;
  readonly log: Log;
}

/** A ballot's message is changed by one task at a time, and many votes make one edit. */
export class BallotDisplay {
  readonly #edits = new AsyncLock({ maxPending: Number.POSITIVE_INFINITY });
  readonly #shows = new Coalescer();

  constructor(private readonly parts: BallotDisplayParts) {}

  /**
   * Makes the message show the current vote: the chosen answer, or the question again. If `seen` shows
   * something else, then even if the store says that the vote is shown. Never throws.
   */
  show(messageId: string, seen?: Message): Promise<void> {
    const show = () => this.#edits.acquire(messageId, () => this.#show(messageId, seen));
    const shown = this.#shows.run(messageId, show).catch(this.#failed(messageId));
    this.parts.work(shown);
    return shown;
  }

  /** Ends a ballot that nobody has answered: its message shows the first answer. */
  lapse(messageId: string): void {
    this.parts.work(
      this.#edits.acquire(messageId, () => this.#lapse(messageId)).catch(this.#failed(messageId)),
    );
  }

  /** Closes a ballot whose message can no longer be reached; other errors are thrown on. */
  async giveUpIfGone(messageId: string, error: unknown): Promise<void> {
    if (!isGone(error)) throw error;
    logFailure(this.parts.log, { event: "ballot.gone", messageId }, error);
    await this.parts.votes.close(messageId);
  }

  async #show(messageId: string, seen: Message | undefined): Promise<void> {
    const ballot = await this.parts.ballots.get(messageId);
    if (ballot === undefined) return;
    if (ballot.byInteraction) return this.parts.asked.show(messageId);
    // Its buttons show it.
    if (ballot.source === "another") return;
    const isShown = seen === undefined || showsVote(seen, ballot);
    if (ballot.shown === voteOf(ballot) && isShown) return;
    try {
      const display = await displayVote(this.parts, messageId, ballot, voteOf(ballot));
      // Votes may have come meanwhile: only what is shown is changed, and each vote calls show by itself.
      await this.parts.votes.withBallot(messageId, async (current, seen) => {
        await this.parts.ballots.put(messageId, withShown(current, display), seen);
      });
    } catch (error) {
      await this.giveUpIfGone(messageId, error);
    }
  }

  async #lapse(messageId: string): Promise<void> {
    const ballot = await this.parts.ballots.get(messageId);
    if (ballot === undefined) return;
    if (ballot.byInteraction) return this.parts.asked.lapse(messageId);
    let display: Shown | undefined;
    try {
      if (voteOf(ballot) === undefined) {
        display = await displayVote(this.parts, messageId, ballot, "a");
      }
    } catch (error) {
      // The ballot closes in any case: its place is needed for the next one.
      logFailure(this.parts.log, { event: "ballot.lapse-untold", messageId }, error);
    }
    await this.parts.votes.withBallot(messageId, async (current, seen) => {
      const votedMeanwhile = display !== undefined && voteOf(current) !== undefined;
      if (!votedMeanwhile) await this.parts.ballots.end(messageId, seen);
      else await this.parts.ballots.put(messageId, withShown(current, display!), seen);
    });
  }

  #failed(messageId: string): (error: unknown) => void {
    return (error) => logFailure(this.parts.log, { event: "ballot.unshown", messageId }, error);
  }
}

/** What a ballot's messages show now. */
type Shown = Pick<BallotRecord, "followUpIds"> & { readonly shown?: Choice };

/** Retries through a short outage. Throws discord.js's error if the message can't be changed. */
async function displayVote(
  { client, speech }: Pick<BallotDisplayParts, "client" | "speech">,
  messageId: string,
  ballot: BallotRecord,
  vote: Choice | undefined,
): Promise<Shown> {
  const channel = await channelOf(client, ballot.channelId);
  const say = await speech.to(ballot);
  const shown = vote !== undefined && { shown: vote };
  if (ballot.textsGone) {
    // A changed vote counts, and the message stays as it is; without a vote there is no question to show.
    const gone = { content: say("ballots.textsGone"), embeds: [], components: [], flags: [] };
    if (vote === undefined) {
      await retryWhileUnavailable(() => channel.messages.edit(messageId, gone));
    }
    return { ...shown, followUpIds: ballot.followUpIds };
  }
  const [first = "", ...rest] = vote === undefined ? [] : splitMessage(chosenAnswer(ballot, vote));
  const content: MessageEditOptions =
    vote === undefined
      ? { ...ballotContent(ballot.candidates, say), flags: [] }
      : { content: first, embeds: [], components: [], flags: ANSWER_FLAGS };
  const edited = await retryWhileUnavailable(() => channel.messages.edit(messageId, content));
  for (const id of ballot.followUpIds) await deleteFollowUp(channel, id);
  const followUps = await sendRest(edited, rest, say);
  return { ...shown, followUpIds: followUps.map((message) => message.id) };
}

/**
 * If a server's rules stop a later piece, says so below. After another failure the pieces sent are
 * deleted, because all of them are sent again.
 */
async function sendRest(
  first: Message,
  pieces: readonly string[],
  say: Say,
): Promise<readonly Message[]> {
  try {
    return await sendPieces(first, pieces);
  } catch (error) {
    const cut = error instanceof AnswerCutError ? error : new AnswerCutError([], error);
    if (isUnwanted(cut.cause)) {
      return [
        ...cut.sent,
        await sendReply(cut.sent.at(-1) ?? first, { content: say("messages.cutByRules") }),
      ];
    }
    await Promise.allSettled(cut.sent.map((message) => message.delete()));
    throw cut.cause;
  }
}

/**
 * Whether `message` shows what the ballot says it does. A process may die between Discord's edit and
 * storing it; if the texts are no longer stored there is nothing to compare with.
 */
function showsVote(message: Message, ballot: BallotRecord): boolean {
  const vote = ballot.choices.at(-1);
  if (vote === undefined) return message.components.length > 0;
  if (ballot.textsGone) return true;
  const [first = ""] = splitMessage(chosenAnswer(ballot, vote));
  return message.components.length === 0 && message.content.trim() === first.trim();
}

/** `ballot` with `shown` instead of what it showed before. */
function withShown(ballot: BallotRecord, shown: Shown): BallotRecord {
  const { shown: _previous, ...unshown } = ballot;
  return { ...unshown, ...shown };
}

/** Deletes a message of the bot's; nothing to do if it is gone. */
export async function deleteFollowUp(channel: TextBasedChannel, messageId: string): Promise<void> {
  try {
    await retryWhileUnavailable(() => channel.messages.delete(messageId));
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Throws discord.js's error if it can't be reached. */
export async function channelOf(client: Client, channelId: string): Promise<TextBasedChannel> {
  const channel = await client.channels.fetch(channelId);
  if (!channel?.isTextBased()) throw new Error(`Channel ${channelId} holds no messages.`);
  return channel;
}
