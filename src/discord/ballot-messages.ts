/** Ballots as messages: posting one, and making the message show what was voted. */
import {
  type Client,
  DiscordAPIError,
  type Message,
  RESTJSONErrorCodes,
  type TextBasedChannel,
} from "discord.js";
import { splitMessage } from "../chat/split-message.js";
import type { Consents } from "../consent/consents.js";
import type { Log } from "../log.js";
import type { BallotRecord, Choice } from "../storage/records.js";
import type { BallotDraft, Ballots } from "../voting/ballots.js";
import { CHOICE_EMOJI, CHOICES } from "../voting/choices.js";
import { chosenAnswer } from "../voting/chosen-answer.js";
import type { Questions } from "../voting/questions.js";
import { type Votes, voteOf } from "../voting/votes.js";
import { sendPieces } from "./answer-messages.js";
import { ballotContent } from "./ballot-embeds.js";
import { ANSWER_FLAGS } from "./client.js";

const GONE: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
]);

const TEXTS_GONE = "Your vote is taken back. The two answers are no longer kept.";

export interface BallotMessagesParts {
  readonly client: Client;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly consents: Consents;
  readonly questions: Questions;
  readonly log: Log;
}

export class BallotMessages {
  /** Ballots that Discord may show already and the store does not have yet. */
  readonly #beingPosted = new Set<Promise<unknown>>();

  constructor(private readonly parts: BallotMessagesParts) {}

  /**
   * Posts `draft` as a reply to `message`, keeps it, and puts the four reactions under it. Returns
   * false where the member has taken their consent back meanwhile: nothing is posted then.
   */
  async post(message: Message, draft: BallotDraft, notice: string | undefined): Promise<boolean> {
    const posting = this.#postAndKeep(message, draft, notice);
    this.#beingPosted.add(posting);
    let posted: Message | undefined;
    try {
      posted = await posting.finally(() => this.#beingPosted.delete(posting));
    } finally {
      if (posted === undefined) await this.parts.questions.release(draft.member);
    }
    if (posted === undefined) return false;
    await this.parts.questions.opened(draft.member, posted.id);
    await this.#offerReactions(posted);
    return true;
  }

  /** Ends a ballot that nobody has answered: its message shows the first answer. */
  async lapse(messageId: string): Promise<void> {
    await this.parts.votes.withBallot(messageId, async (ballot) => {
      try {
        if (voteOf(ballot) === undefined) await this.#render(messageId, ballot, "a");
      } catch (error) {
        // The message is of no use any more, and its place is needed.
        this.parts.log.info({ event: "ballot.lapse-untold", messageId, err: error });
      }
      await this.parts.ballots.close(messageId);
    });
  }

  /** Waits until every ballot that can be seen is in the store, so that a quick reaction finds it. */
  async allKept(): Promise<void> {
    await Promise.allSettled(this.#beingPosted);
  }

  async #postAndKeep(
    message: Message,
    draft: BallotDraft,
    notice: string | undefined,
  ): Promise<Message | undefined> {
    if (!(await this.parts.consents.mayLearn(draft.member))) return undefined;
    const { content, embeds, components } = ballotContent(draft.candidates);
    const posted = await message.reply({
      content: notice === undefined ? content : `${content}\n${notice}`,
      embeds,
      components,
      failIfNotExists: false,
    });
    await this.parts.ballots.post(draft, posted.channelId, posted.id);
    // Everything may have been deleted while Discord was at it.
    if (await this.parts.consents.mayLearn(draft.member)) return posted;
    await this.parts.ballots.close(posted.id);
    await posted.delete();
    return undefined;
  }

  /** A ballot without its reactions can still be answered: members may add them by hand. */
  async #offerReactions(posted: Message): Promise<void> {
    try {
      for (const choice of CHOICES) await posted.react(CHOICE_EMOJI[choice]);
    } catch (error) {
      this.parts.log.warn({
        event: "ballot.reactions-failed",
        messageId: posted.id,
        hint: "Does the bot have the permissions Add Reactions and Read Message History here?",
        err: error,
      });
    }
  }

  /** Makes the message show the vote as it stands: the chosen answer, or the question again. */
  async show(messageId: string): Promise<void> {
    await this.parts.votes.withBallot(messageId, async (ballot) => {
      if (ballot.shown === voteOf(ballot)) return;
      try {
        const shown = await this.#render(messageId, ballot, voteOf(ballot));
        await this.parts.ballots.put(messageId, shown);
      } catch (error) {
        await this.giveUpWhereGone(messageId, error);
      }
    });
  }

  /** Closes a ballot whose message can no longer be reached; other errors are thrown on. */
  async giveUpWhereGone(messageId: string, error: unknown): Promise<void> {
    if (!(error instanceof DiscordAPIError) || !GONE.has(error.code)) throw error;
    this.parts.log.info({ event: "ballot.gone", messageId, code: error.code });
    await this.parts.ballots.close(messageId);
  }

  async #render(
    messageId: string,
    ballot: BallotRecord,
    vote: Choice | undefined,
  ): Promise<BallotRecord> {
    const channel = await this.#channel(ballot.channelId);
    if (ballot.textsGone) return this.#withoutTexts(channel, messageId, ballot, vote);
    const [first = "", ...rest] =
      vote === undefined ? [] : splitMessage(chosenAnswer(ballot, vote));
    const edited = await channel.messages.edit(
      messageId,
      vote === undefined
        ? { ...ballotContent(ballot.candidates), flags: [] }
        : { content: first, embeds: [], components: [], flags: ANSWER_FLAGS },
    );
    for (const id of ballot.followUpIds) await this.#deleteFollowUp(channel, id);
    const followUps = await sendPieces(edited, rest);
    const { shown: _previous, ...unshown } = ballot;
    return {
      ...unshown,
      ...(vote !== undefined && { shown: vote }),
      followUpIds: followUps.map((message) => message.id),
    };
  }

  /** A changed vote counts, and what stands stays; without a vote there is no question to show again. */
  async #withoutTexts(
    channel: TextBasedChannel,
    messageId: string,
    ballot: BallotRecord,
    vote: Choice | undefined,
  ): Promise<BallotRecord> {
    const { shown: _previous, ...unshown } = ballot;
    if (vote !== undefined) return { ...unshown, shown: vote };
    const message = { content: TEXTS_GONE, embeds: [], components: [] };
    await channel.messages.edit(messageId, message);
    return unshown;
  }

  async #deleteFollowUp(channel: TextBasedChannel, messageId: string): Promise<void> {
    try {
      await channel.messages.delete(messageId);
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || !GONE.has(error.code)) throw error;
    }
  }

  async #channel(channelId: string): Promise<TextBasedChannel> {
    const channel = await this.parts.client.channels.fetch(channelId);
    if (!channel?.isTextBased()) throw new Error(`Channel ${channelId} holds no messages.`);
    return channel;
  }
}
