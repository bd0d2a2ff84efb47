/** Posts ballots: announces each in the store, posts it, stores it, and puts the reactions under it. */
import { DiscordAPIError, type Message } from "discord.js";
import type { BallotDraft, Ballots } from "../../ballots/ballots.js";
import { CHOICE_EMOJI, CHOICES } from "../../ballots/choices.js";
import type { Questions } from "../../ballots/questions.js";
import type { Votes } from "../../ballots/votes.js";
import type { Say } from "../../language/say.js";
import type { Limits } from "../../limits/limits.js";
import type { Log } from "../../shared/log.js";
import type { Condition } from "../../store/condition.js";
import { StoreUnavailableError } from "../../store/store-error.js";
import { unlessStoreIsDown } from "../../store/unless-store-is-down.js";
import { isGone, logFailure } from "../gateway/discord-errors.js";
import type { PendingAnswer } from "../messages/pending-answer.js";
import { ballotContent } from "./ballot-content.js";

export interface BallotPostingParts {
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly questions: Questions;
  readonly limits: Pick<Limits, "returnBallot">;
  /** Called with work that nobody waits for. */
  readonly work: (task: Promise<void>) => void;
  readonly log: Log;
}

/** What is said around the two answers. */
export interface WordsAround {
  /** Below the question. */
  readonly notice: string | undefined;
  /** In the language of the member who is asked. */
  readonly say: Say;
}

/** What stands there now, and whether it is in the store or announced there alone. */
interface Outcome {
  readonly posted: Message;
  readonly isStored: boolean;
}

/** A ballot that Discord may already show and that is not yet in the store. */
interface Posting {
  readonly below: Message;
  readonly done: Promise<unknown>;
}

export class BallotPosting {
  readonly #postings = new Set<Posting>();

  constructor(private readonly parts: BallotPostingParts) {}

  /**
   * Posts `draft` in the place of the answer that somebody waits for, stores it, and then puts the four
   * reactions under it. Returns false if nothing is posted: the member has withdrawn their consent
   * meanwhile, or the bot may not post embeds there. What is posted while the store can't be reached
   * stays: whoever can reach it finds the announcement.
   */
  async post(pending: PendingAnswer, draft: BallotDraft, words: WordsAround): Promise<boolean> {
    const { message } = pending;
    const done = this.#postAndStore(pending, draft, words);
    const posting: Posting = { below: message, done };
    this.#postings.add(posting);
    let outcome: Outcome | undefined;
    try {
      outcome = await done.finally(() => this.#postings.delete(posting));
    } finally {
      if (outcome === undefined) await this.#giveBack(message, draft);
    }
    if (outcome === undefined) {
      await unlessStoreIsDown(this.parts.questions.passed(draft.member));
      return false;
    }
    if (!outcome.isStored) return true;
    const { posted } = outcome;
    await unlessStoreIsDown(this.parts.questions.opened(draft.member, posted.id));
    this.parts.work(this.offerReactions(posted));
    return true;
  }

  /**
   * Resolves when it is decided whether `messageId` becomes a ballot; undefined if no ballot that it
   * could be is being posted. A ballot is newer than the message that it answers.
   */
  underway(channelId: string, messageId: string): Promise<unknown> | undefined {
    const possible = [...this.#postings].filter(
      ({ below }) => below.channelId === channelId && BigInt(below.id) < BigInt(messageId),
    );
    if (possible.length === 0) return undefined;
    return Promise.allSettled(possible.map(({ done }) => done));
  }

  /** Whether a ballot that answers `belowId` is being posted. */
  isPosting(belowId: string): boolean {
    return [...this.#postings].some(({ below }) => below.id === belowId);
  }

  /** `posted` is the ballot announced below `belowId`; the process that posted it has died since. */
  async adopt(belowId: string, posted: Message): Promise<void> {
    const ballot = await this.parts.ballots.adopt(belowId, posted.id);
    if (ballot === undefined) return;
    await unlessStoreIsDown(this.parts.questions.opened(ballot, posted.id));
    await this.offerReactions(posted);
  }

  /** A question that was not asked costs nothing. */
  async #giveBack({ channelId }: Message, { member }: BallotDraft): Promise<void> {
    const { limits, questions } = this.parts;
    limits.returnBallot({ ...member, channelId });
    await unlessStoreIsDown(questions.release(member));
  }

  /** Undefined if nothing stands there. */
  async #postAndStore(
    pending: PendingAnswer,
    draft: BallotDraft,
    words: WordsAround,
  ): Promise<Outcome | undefined> {
    const { ballots } = this.parts;
    const { message } = pending;
    const permit = ballots.permit(draft.member);
    const announcing = ballots.announce(draft, message.channelId, message.id, permit);
    if (!(await unlessStoreIsDown(announcing))) return undefined;
    let outcome: Outcome | undefined;
    try {
      const posted = await this.#post(pending, draft, words);
      outcome = posted && (await this.#store(posted, draft, permit, message.id));
      return outcome;
    } finally {
      // What is stored has taken the place of its announcement; what could not be stays announced.
      if (outcome === undefined) await unlessStoreIsDown(ballots.close(message.id));
    }
  }

  /** Undefined if it may not be stored: the message is deleted then. */
  async #store(
    posted: Message,
    draft: BallotDraft,
    permit: Condition,
    belowId: string,
  ): Promise<Outcome | undefined> {
    const { ballots } = this.parts;
    try {
      const stored = await ballots.post(draft, posted.channelId, posted.id, permit, belowId);
      if (stored !== undefined) return { posted, isStored: true };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      // Another process may have adopted it, and its votes count already.
      return { posted, isStored: false };
    }
    // Everything has been deleted while Discord was posting it.
    await posted.delete();
    return undefined;
  }

  async #post(
    pending: PendingAnswer,
    draft: BallotDraft,
    { notice, say }: WordsAround,
  ): Promise<Message | undefined> {
    const { content, embeds, components } = ballotContent(draft.candidates, say);
    const body = notice === undefined ? content : `${content}\n${notice}`;
    try {
      const ballot = { content: body, embeds, components };
      return await pending.become(ballot, "ballot");
    } catch (error) {
      // A plain answer needs fewer permissions than a ballot, and may contain none of the unwanted words.
      if (!(error instanceof DiscordAPIError) || isGone(error)) throw error;
      const messageId = pending.message.id;
      logFailure(this.parts.log, { event: "ballot.forbidden", messageId }, error);
      return undefined;
    }
  }

  /** Without them a ballot can still be answered: by its buttons, or by a reaction that the member adds. */
  async offerReactions(posted: Message): Promise<void> {
    try {
      const { messages } = posted.channel;
      // A message's own `react` would keep each reaction in the cache as well, where nobody looks.
      for (const choice of CHOICES) await messages.react(posted.id, CHOICE_EMOJI[choice]);
      const { ballots, votes } = this.parts;
      await votes.withBallot(posted.id, async ({ unoffered: _unoffered, ...ballot }, seen) => {
        await ballots.put(posted.id, ballot, seen);
      });
    } catch (error) {
      const hint = "Does the bot have the permissions Add Reactions and Read Message History here?";
      logFailure(
        this.parts.log,
        { event: "ballot.reactions-failed", messageId: posted.id, hint },
        error,
      );
    }
  }
}
