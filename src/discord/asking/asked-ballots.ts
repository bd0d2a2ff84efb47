/**
 * Ballots that answer an interaction. The bot may be a stranger in the channel, so nothing but what
 * Discord hands out with an interaction changes the message: the question's own, or a button's.
 */
import AsyncLock from "async-lock";
import { type ButtonInteraction, type InteractionEditReplyOptions, MessageFlags } from "discord.js";
import { LRUCache } from "lru-cache";
import { type BallotDraft, type Ballots, INTERACTION_MS } from "../../ballots/ballots.js";
import { chosenAnswer } from "../../ballots/choices.js";
import type { Questions } from "../../ballots/questions.js";
import { type Votes, voteOf } from "../../ballots/votes.js";
import type { Say } from "../../language/say.js";
import type { Limits } from "../../limits/limits.js";
import type { Consents } from "../../members/consents.js";
import type { Log } from "../../shared/log.js";
import type { BallotRecord, Choice } from "../../store/records.js";
import { unlessStoreIsDown } from "../../store/unless-store-is-down.js";
import { isRefusal, logFailure } from "../gateway/discord-errors.js";
import { acknowledge } from "../interactions/acknowledge.js";
import { type Asking, followUpsOf, piecesOf, showPieces } from "./answer-pieces.js";
import { answerControls, choiceContent } from "./controls.js";
import type { Remembered } from "./remembered.js";

/** A little before Discord takes no more edits. */
const LAPSE_MS = INTERACTION_MS - 60_000;
const MOST_IN_REACH = 1_000;

export interface AskedBallotsParts {
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly questions: Questions;
  readonly consents: Pick<Consents, "mayLearn">;
  readonly limits: Pick<Limits, "returnBallot">;
  readonly remembered: Pick<Remembered, "answered">;
  /** Called with work that nobody waits for. */
  readonly work: (task: Promise<void>) => void;
  /** Ends the waiting for votes. */
  readonly closing: AbortSignal;
  /** When a question that nobody has answered is ended; a little before Discord takes no more edits. */
  readonly lapseMs?: number | undefined;
  readonly log: Log;
}

type Refusal = "asking.ballotClosed" | "ballots.notYours";

/** What stands with the question, in the member's language. */
interface Told {
  readonly notice: string | undefined;
  readonly say: Say;
}

/** What changes a ballot's message, and the rest of a long answer below it. */
interface Reach {
  readonly interaction: Asking;
  readonly say: Say;
  readonly followUpIds: readonly string[];
  /** How many follow-ups it has had. */
  readonly used: number;
}

export class AskedBallots {
  readonly #edits = new AsyncLock({ maxPending: Number.POSITIVE_INFINITY });
  readonly #reach: LRUCache<string, Reach>;

  constructor(private readonly parts: AskedBallotsParts) {
    this.#reach = new LRUCache({ max: MOST_IN_REACH, ttl: INTERACTION_MS });
  }

  /**
   * Stores `draft` and shows it as the answer `messageId` to `interaction`. False if nothing is shown:
   * the member has withdrawn their consent meanwhile, the store is down, or the words are not allowed.
   */
  async post(
    interaction: Asking,
    messageId: string,
    draft: BallotDraft,
    { notice, say }: Told,
  ): Promise<boolean> {
    const { questions } = this.parts;
    let isShown = false;
    try {
      isShown = await this.#storeAndShow(interaction, messageId, draft, { notice, say });
    } finally {
      if (!isShown) await this.#giveBack(interaction, draft);
    }
    if (!isShown) {
      await unlessStoreIsDown(questions.passed(draft.member));
      return false;
    }
    await unlessStoreIsDown(questions.opened(draft.member, messageId));
    this.#lapseInTime(messageId);
    return true;
  }

  /** Counts a tap on `choice`, or takes the vote back without one; the message shows what follows. */
  async press(interaction: ButtonInteraction, choice: Choice | undefined, say: Say): Promise<void> {
    const { votes } = this.parts;
    const { message, user } = interaction;
    const isAcknowledged = await acknowledge(interaction, "update");
    const refusal = await this.#refusalOf(message.id, user.id);
    if (refusal === undefined) {
      if (choice === undefined) await votes.withdrawAll(message.id, user.id);
      else await votes.tap(message.id, user.id, choice);
    }
    if (!isAcknowledged) return;
    if (refusal !== undefined) {
      if (refusal === "asking.ballotClosed") await this.#close(interaction, say);
      await interaction.followUp({ content: say(refusal), flags: MessageFlags.Ephemeral });
      return;
    }
    await this.#edits.acquire(message.id, async () => {
      const ballot = await this.parts.ballots.get(message.id);
      // The vote that came last may be another one's: what is shown is what is stored.
      if (ballot === undefined) return;
      await this.#render({ interaction, say }, message.id, ballot, voteOf(ballot));
    });
    await this.#tellIfUncounted(interaction, choice, say);
  }

  /** Makes the message show the vote as it stands, while it is in reach. */
  show(messageId: string): Promise<void> {
    return this.#edits.acquire(messageId, async () => {
      const reach = this.#reach.get(messageId);
      const ballot = await this.parts.ballots.get(messageId);
      if (reach === undefined || ballot === undefined) return;
      await this.#render(reach, messageId, ballot, voteOf(ballot));
    });
  }

  /** Ends a ballot that nobody has answered: its message shows the first answer. */
  lapse(messageId: string): Promise<void> {
    return this.#edits.acquire(messageId, async () => {
      const { ballots, votes, log } = this.parts;
      const ballot = await ballots.get(messageId);
      if (ballot === undefined || voteOf(ballot) !== undefined) return;
      const reach = this.#reach.get(messageId);
      try {
        if (reach !== undefined) await this.#render(reach, messageId, ballot, "a", false);
      } catch (error) {
        logFailure(log, { event: "ballot.lapse-untold", messageId }, error);
      }
      await votes.withBallot(messageId, async (current, seen) => {
        if (voteOf(current) === undefined) await ballots.end(messageId, seen);
      });
    });
  }

  #lapseInTime(messageId: string): void {
    const { closing, lapseMs = LAPSE_MS, work } = this.parts;
    const timer = setTimeout(() => {
      if (!closing.aborted) work(this.lapse(messageId));
    }, lapseMs);
    timer.unref();
  }

  async #storeAndShow(
    interaction: Asking,
    messageId: string,
    draft: BallotDraft,
    { notice, say }: Told,
  ): Promise<boolean> {
    const { ballots, log } = this.parts;
    const permit = ballots.permit(draft.member);
    const channelId = interaction.channelId ?? "";
    const storing = ballots.postByInteraction(draft, channelId, messageId, permit);
    if (!(await unlessStoreIsDown(storing))) return false;
    const { content, embeds, components } = choiceContent(draft.candidates, say);
    const body = notice === undefined ? content : `${content}\n${notice}`;
    // Before it is shown: a tap may come before Discord has told that it is.
    this.#reach.set(messageId, { interaction, say, followUpIds: [], used: 0 });
    try {
      await interaction.editReply({ content: body, embeds, components });
      return true;
    } catch (error) {
      this.#reach.delete(messageId);
      await unlessStoreIsDown(ballots.close(messageId));
      if (!isRefusal(error)) throw error;
      logFailure(log, { event: "ballot.forbidden", messageId }, error);
      return false;
    }
  }

  /** A question that was not asked costs nothing. */
  async #giveBack({ channelId }: Asking, { member }: BallotDraft): Promise<void> {
    const { limits, questions } = this.parts;
    limits.returnBallot({ ...member, channelId: channelId ?? "" });
    await unlessStoreIsDown(questions.release(member));
  }

  async #refusalOf(messageId: string, memberId: string): Promise<Refusal | undefined> {
    const ballot = await this.parts.ballots.get(messageId);
    if (ballot === undefined) {
      const expired = await this.parts.ballots.stored(messageId);
      const isElses = expired !== undefined && expired.memberId !== memberId;
      return isElses ? "ballots.notYours" : "asking.ballotClosed";
    }
    return ballot.memberId === memberId ? undefined : "ballots.notYours";
  }

  /** Makes the message show `vote`: the chosen answer, or the question. */
  async #render(
    { interaction, say }: Pick<Reach, "interaction" | "say">,
    messageId: string,
    ballot: BallotRecord,
    vote: Choice | undefined,
    voted = true,
  ): Promise<void> {
    const { remembered, log } = this.parts;
    await this.#removeRest(messageId);
    const before = this.#reach.get(messageId);
    const used = before?.interaction === interaction ? before.used : 0;
    if (vote === undefined || ballot.textsGone) {
      await interaction.editReply(openContent(ballot, vote, say));
      remembered.answered(messageId, undefined);
      this.#reach.set(messageId, { interaction, say, followUpIds: [], used });
      return;
    }
    const text = chosenAnswer(ballot, vote);
    const pieces = piecesOf(text, interaction, followUpsOf(interaction) - used, say);
    // What was voted on holds the conversation, so the buttons stay on its message.
    const controls = { rows: answerControls({ voted }, say), below: "first" } as const;
    const [, ...rest] = await showPieces(interaction, pieces, controls, { say, log });
    remembered.answered(messageId, text);
    const followUpIds = rest.map(({ id }) => id);
    this.#reach.set(messageId, { interaction, say, followUpIds, used: used + rest.length });
  }

  /** Takes the rest of a long answer away; only what sent it can. */
  async #removeRest(messageId: string): Promise<void> {
    const reach = this.#reach.get(messageId);
    if (reach === undefined || reach.followUpIds.length === 0) return;
    this.#reach.set(messageId, { ...reach, followUpIds: [] });
    for (const id of reach.followUpIds) {
      await reach.interaction.deleteReply(id).catch((error: unknown) => {
        logFailure(this.parts.log, { event: "ballot.rest-left", messageId }, error);
      });
    }
  }

  /** Buttons that can do nothing any more go, and the answer stays while it is known. */
  async #close(interaction: ButtonInteraction, say: Say): Promise<void> {
    const { message } = interaction;
    const ballot = await this.parts.ballots.stored(message.id);
    if (ballot === undefined || ballot.textsGone) await interaction.editReply({ components: [] });
    else await this.#render({ interaction, say }, message.id, ballot, voteOf(ballot) ?? "a", false);
  }

  async #tellIfUncounted(
    interaction: ButtonInteraction,
    choice: Choice | undefined,
    say: Say,
  ): Promise<void> {
    if (choice === undefined) return;
    const ballot = await this.parts.ballots.get(interaction.message.id);
    if (ballot === undefined || voteOf(ballot) !== undefined) return;
    if (await this.parts.consents.mayLearn(ballot)) return;
    await interaction.followUp({
      content: say("consent.mayNotLearn"),
      flags: MessageFlags.Ephemeral,
    });
  }
}

/** The question; where the texts are no longer stored, what can be said in its place. */
function openContent(
  ballot: BallotRecord,
  vote: Choice | undefined,
  say: Say,
): InteractionEditReplyOptions {
  // Links in an answer show no preview, and what hides those would hide the two answers.
  if (!ballot.textsGone) return { ...choiceContent(ballot.candidates, say), flags: [] };
  if (vote !== undefined) return { components: answerControls({ voted: true }, say) };
  return { content: say("ballots.textsGone"), embeds: [], components: [] };
}
