/**
 * "Another answer": shows its member the runner-up in the place of the answer, and counts which of the two
 * they keep. What they say is theirs alone; nobody else's taste is learned from it.
 */
import AsyncLock from "async-lock";
import { type ButtonInteraction, type Client, MessageFlags } from "discord.js";
import type { BallotDraft, Ballots } from "../../ballots/ballots.js";
import { chosenAnswer } from "../../ballots/choices.js";
import type { ReplyNotes } from "../../ballots/reply-notes.js";
import { type Votes, voteOf } from "../../ballots/votes.js";
import { GenerationFailedError } from "../../conversation/candidates/generation-error.js";
import type { Say } from "../../language/say.js";
import type { Consents } from "../../members/consents.js";
import type { Profiles } from "../../members/profiles.js";
import type { Metrics } from "../../observability/metrics.js";
import type { Log } from "../../shared/log.js";
import { type Clock, dayOf } from "../../shared/time.js";
import type { BallotRecord, MemberKey } from "../../store/records.js";
import { channelOf } from "../ballots/showing.js";
import { isGone, logFailure } from "../gateway/discord-errors.js";
import { acknowledge } from "../interactions/acknowledge.js";
import { memberOf } from "../messages/addressing.js";
import { type AnotherRefusal, choiceControls } from "./another-controls.js";
import { rewriteAnswer } from "./rewrite-answer.js";
import type { SecondAnswers } from "./second-answers.js";

/** So long the two can be compared; then the one that is shown stays. */
const OPEN_MS = 15 * 60 * 1000;
/** Choices of one member that count in a day (UTC): nobody floods their own profile, or the training. */
export const MOST_A_DAY = 10;

export interface AnotherAnswersParts {
  readonly client: Client;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly replyNotes: ReplyNotes;
  readonly consents: Pick<Consents, "mayLearn">;
  readonly profiles: Pick<Profiles, "comparisonsOf">;
  readonly seconds: SecondAnswers;
  readonly metrics: Pick<Metrics, "anotherAnswers">;
  readonly clock: Clock;
  /** Called with work that nobody waits for. */
  readonly work: (task: Promise<void>) => void;
  /** Ends the waiting for choices. */
  readonly closing: AbortSignal;
  /** When an answer that nobody has chosen between stays as it is; for tests. */
  readonly openMs?: number | undefined;
  readonly log: Log;
}

export class AnotherAnswers {
  /** One change of an answer at a time. */
  readonly #lock = new AsyncLock({ maxPending: Number.POSITIVE_INFINITY });
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly parts: AnotherAnswersParts) {}

  /** Shows the other answer in the place of the one whose button was pressed. */
  async show(interaction: ButtonInteraction, say: Say): Promise<void> {
    const { consents, replyNotes } = this.parts;
    const acknowledged = await acknowledge(interaction, "update");
    const { id } = interaction.message;
    const kept = await replyNotes.another(id);
    const member = memberOf(interaction, interaction.user.id);
    const pieces = kept?.pieces ?? [id];
    const isElses = kept !== undefined && !isSame(kept.member, member);
    const refusal = isElses
      ? say("another.notYours")
      : !(await consents.mayLearn(member))
        ? say("another.notLearning")
        : await this.#lock.acquire(pieces[0]!, () => this.#show(interaction, member, pieces, say));
    if (refusal !== undefined && acknowledged) await tell(interaction, refusal);
  }

  /** Counts which of the two answers under `key` the member keeps, and lets it stand. */
  async choose(interaction: ButtonInteraction, key: string, keeps: "this" | "first", say: Say) {
    const acknowledged = await acknowledge(interaction, "update");
    const refusal = await this.#lock.acquire(key, () => this.#choose(interaction, key, keeps));
    if (refusal === undefined || !acknowledged) return;
    if (refusal === "another.over") await interaction.editReply({ components: [] });
    await tell(interaction, say(refusal));
  }

  /** Waits for those that were open when the bot stopped, and ends those that have waited long enough. */
  async resume(): Promise<void> {
    const keys = await this.parts.ballots.ids({ state: "another" });
    for (const key of keys) {
      const ballot = await this.parts.ballots.stored(key);
      if (ballot !== undefined && !this.#timers.has(key)) this.#endInTime(key, ballot.createdAt);
    }
  }

  /** Returns why not, in a sentence. */
  async #show(
    interaction: ButtonInteraction,
    member: MemberKey,
    pieces: readonly string[],
    say: Say,
  ): Promise<string | undefined> {
    const { ballots, log, replyNotes, seconds, votes } = this.parts;
    const key = pieces[0]!;
    const standing = await ballots.stored(key);
    // The second tap of two.
    if (standing !== undefined) {
      return isSame(standing, member) ? undefined : say("another.notYours");
    }
    const permit = ballots.permit(member);
    let draft: BallotDraft | AnotherRefusal;
    try {
      draft = await seconds.beside(interaction, member, pieces);
    } catch (error) {
      if (!(error instanceof GenerationFailedError)) throw error;
      logFailure(log, { event: "another.failed", messageId: key }, error);
      return error.memberSentence(say);
    }
    if (typeof draft === "string") return say(draft);
    const ballot = await ballots.openAnother(draft, interaction.channelId, pieces, permit);
    if (ballot === undefined) return say("another.notLearning");
    try {
      await this.#display(key, ballot, "b", choiceControls(key, say));
    } catch (error) {
      await votes.close(key);
      throw error;
    }
    await replyNotes.forget(pieces);
    this.parts.metrics.anotherAnswers.inc({ step: "shown" });
    this.#endInTime(key, ballot.createdAt);
    return undefined;
  }

  /** Returns why it does not count. */
  async #choose(
    interaction: ButtonInteraction,
    key: string,
    keeps: "this" | "first",
  ): Promise<AnotherRefusal | undefined> {
    const { ballots, consents, votes } = this.parts;
    const ballot = await ballots.get(key);
    if (ballot === undefined || ballot.source !== "another") return "another.over";
    const member = memberOf(interaction, interaction.user.id);
    if (!isSame(ballot, member)) return "another.notYours";
    const choice = keeps === "this" ? "b" : "a";
    const isFull = (await this.#countedToday(member)) >= MOST_A_DAY;
    // A tap may have been counted before, and Discord was away when it was to be shown.
    const isKnown = voteOf(ballot) === choice;
    const isCounted =
      isKnown || (!isFull && (await votes.tap(key, member.memberId, choice)) !== undefined);
    await this.#end(key, ballot, choice);
    if (isCounted) {
      const { guildId } = member;
      this.parts.metrics.anotherAnswers.inc({ step: "chosen" });
      this.parts.log.info({ event: "another.chosen", guildId, messageId: key });
      return undefined;
    }
    if (isFull) return "another.enoughToday";
    return (await consents.mayLearn(member)) ? "another.over" : "another.notCounted";
  }

  /** Lets `choice` stand, without buttons, and forgets the other. */
  async #end(key: string, ballot: BallotRecord, choice: "a" | "b"): Promise<void> {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    try {
      await this.#display(key, ballot, choice, []);
    } catch (error) {
      if (!isGone(error)) throw error;
      logFailure(this.parts.log, { event: "another.gone", messageId: key }, error);
    }
    await this.parts.votes.close(key);
  }

  async #display(
    key: string,
    ballot: BallotRecord,
    choice: "a" | "b",
    rows: ReturnType<typeof choiceControls>,
  ): Promise<void> {
    const { ballots, client, votes } = this.parts;
    const channel = await channelOf(client, ballot.channelId);
    if (ballot.textsGone) {
      // The texts went with the process that held them: what is shown stays.
      const last = ballot.followUpIds.at(-1) ?? key;
      await channel.messages.edit(last, { components: [...rows] });
      return;
    }
    const pieces = [key, ...ballot.followUpIds];
    const text = chosenAnswer(ballot, choice);
    const [, ...followUpIds] = await rewriteAnswer(channel, pieces, text, rows);
    await votes.withBallot(key, async (current, seen) => {
      await ballots.put(key, { ...current, followUpIds, shown: choice }, seen);
    });
  }

  #endInTime(key: string, createdAt: number): void {
    const { clock, closing, openMs = OPEN_MS, work } = this.parts;
    const timer = setTimeout(
      () => {
        if (!closing.aborted) work(this.#lapse(key));
      },
      Math.max(0, createdAt + openMs - clock()),
    );
    timer.unref();
    this.#timers.set(key, timer);
  }

  /** Nobody has chosen: what is shown stays; or somebody has, and it could not be shown. */
  async #lapse(key: string): Promise<void> {
    try {
      await this.#lock.acquire(key, async () => {
        const ballot = await this.parts.ballots.stored(key);
        if (ballot === undefined) return;
        await this.#end(key, ballot, voteOf(ballot) === "a" ? "a" : "b");
        this.parts.metrics.anotherAnswers.inc({ step: "lapsed" });
      });
    } catch (error) {
      logFailure(this.parts.log, { event: "another.unfinished", messageId: key }, error);
    }
  }

  async #countedToday(member: MemberKey): Promise<number> {
    const today = dayOf(this.parts.clock());
    const votes = await this.parts.profiles.comparisonsOf(member);
    return votes.filter(({ at, source }) => source === "another" && dayOf(at) === today).length;
  }
}

function isSame(one: MemberKey, other: MemberKey): boolean {
  return one.guildId === other.guildId && one.memberId === other.memberId;
}

/** Only who pressed sees it. */
async function tell(interaction: ButtonInteraction, content: string): Promise<void> {
  await interaction.followUp({ content, flags: MessageFlags.Ephemeral });
}
