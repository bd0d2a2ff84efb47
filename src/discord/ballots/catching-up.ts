/** Brings open ballots in line with the reactions on Discord: after the bot was away, or in doubt. */
import type { Client, Message } from "discord.js";
import type { Ballots } from "../../ballots/ballots.js";
import type { Votes } from "../../ballots/votes.js";
import type { OwnShards } from "../../guilds/shards.js";
import type { Log } from "../../shared/log.js";
import { Coalescer } from "../../shared/pacing.js";
import type { Clock } from "../../shared/time.js";
import type { BallotRecord } from "../../store/records.js";
import { logFailure } from "../gateway/discord-errors.js";
import { isOutage, retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import { LONGEST_POSTING_MS } from "./posted-elsewhere.js";
import type { BallotPosting } from "./posting.js";
import type { BallotDisplay } from "./showing.js";
import { type SuperReactions, standingChoices } from "./standing-choices.js";
import { settleUnfinishedPosts } from "./unfinished-posts.js";

/** If Discord is away for longer than {@link retryWhileUnavailable} waits, the rest is tried again after this. */
const AGAIN_MS = 60_000;

export interface CatchUpParts {
  readonly client: Client;
  readonly shards: Pick<OwnShards, "isOurs" | "isOn">;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly posting: BallotPosting;
  readonly display: BallotDisplay;
  readonly superReactions: SuperReactions;
  /** Whether another process may go on to post what it has announced. */
  readonly isShared: boolean;
  readonly clock: Clock;
  /** Ends it after the current ballot. */
  readonly closing: AbortSignal;
  /** Called with work that nobody waits for. */
  readonly work: (task: Promise<void>) => void;
  readonly log: Log;
}

export class CatchUp {
  readonly #runs = new Coalescer();
  #again: NodeJS.Timeout | undefined;

  constructor(private readonly parts: CatchUpParts) {}

  /**
   * After a new session of the shard: as {@link all}, and once more through what another process may have
   * gone on to post, when that must be over.
   */
  async newSession(shard: number): Promise<void> {
    const { isShared, clock, closing, work } = this.parts;
    const earliest = clock() - LONGEST_POSTING_MS;
    await this.all(shard);
    if (!isShared) return;
    const again = setTimeout(() => {
      if (!closing.aborted) work(this.all(shard, earliest));
    }, LONGEST_POSTING_MS);
    again.unref();
  }

  /**
   * Goes through all open ballots of this process, or of one of its shards, or of those since `earliest`;
   * newest first and one after the other, so that answers never wait behind it for Discord's limits. If one
   * meets a lasting outage, each of the others would wait as long: all are put off.
   */
  all(shard?: number, earliest = 0): Promise<void> {
    const { shards } = this.parts;
    const concerns = ({ guildId, createdAt }: BallotRecord) =>
      createdAt >= earliest &&
      shards.isOurs(guildId) &&
      (shard === undefined || shards.isOn(shard, guildId));
    return this.#runs.run(`all ${shard ?? ""} ${earliest}`, () => this.#all(concerns));
  }

  /** Looks at one ballot. Never throws. */
  async ballot(messageId: string): Promise<void> {
    await this.#look(messageId);
  }

  /** As {@link ballot}. False if Discord was away all the time. */
  async #look(messageId: string): Promise<boolean> {
    let away = false;
    await this.#runs.run(messageId, async () => {
      try {
        await retryWhileUnavailable(() => this.#ballot(messageId), this.parts.closing);
      } catch (error) {
        away = isOutage(error);
        logFailure(this.parts.log, { event: "ballot.catch-up-failed", messageId }, error);
      }
    });
    return !away;
  }

  #putOff(ballots: number): void {
    const { closing, log, work } = this.parts;
    log.warn({ event: "ballots.catch-up-put-off", ballots, seconds: AGAIN_MS / 1000 });
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (!closing.aborted) work(this.all());
    }, AGAIN_MS);
    this.#again.unref();
  }

  async #all(concerns: (ballot: BallotRecord) => boolean): Promise<void> {
    await this.#settle(concerns);
    const open: [messageId: string, createdAt: number][] = [];
    for await (const [messageId, ballot] of this.parts.ballots.open()) {
      const { byInteraction, createdAt, source } = ballot;
      if (byInteraction || source === "another" || !concerns(ballot)) continue;
      open.push([messageId, createdAt]);
    }
    open.sort(([, first], [, second]) => second - first);
    for (const [at, [messageId]] of open.entries()) {
      if (this.parts.closing.aborted) return;
      if (await this.#look(messageId)) continue;
      this.#putOff(open.length - at);
      return;
    }
  }

  /** What can't be settled does not hold up the open ballots. */
  async #settle(concerns: (ballot: BallotRecord) => boolean): Promise<void> {
    try {
      await settleUnfinishedPosts(this.parts, concerns);
    } catch (error) {
      logFailure(this.parts.log, { event: "ballot.unsettled" }, error);
    }
  }

  async #ballot(messageId: string): Promise<void> {
    const { ballots, posting, display, client, superReactions, votes } = this.parts;
    const ballot = await ballots.get(messageId);
    if (ballot === undefined || ballot.byInteraction) return;
    let seen: Message | undefined;
    try {
      const channel = await client.channels.fetch(ballot.channelId);
      if (!channel?.isTextBased()) return;
      await votes.reconcile(messageId, ballot.memberId, async () => {
        seen = await channel.messages.fetch({ message: messageId, force: true });
        return standingChoices(seen, ballot, superReactions);
      });
    } catch (error) {
      await display.giveUpIfGone(messageId, error);
    }
    // A process died before it had put its reactions under the question.
    if (seen !== undefined && ballot.unoffered) await posting.offerReactions(seen);
    await display.show(messageId, seen);
  }
}
