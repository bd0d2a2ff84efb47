/**
 * What a failover to a standby that was behind has lost: counted, and taken out of what the members know, so that
 * everything else can be held against the rules as before.
 */
import { outcomeOfChoice } from "../../../src/ballots/choices.js";
import { voteOf } from "../../../src/ballots/votes.js";
import type { LoopbackDiscord } from "../../support/loopback-discord/loopback-discord.js";
import type { StoredMessage } from "../../support/loopback-discord/world.js";
import { isBallot } from "../../support/running-bot.js";
import type { Kept } from "../kept-votes.js";
import type { KnownVotes } from "../known-votes.js";
import type { WatchedBallot } from "../voter.js";

export interface Losses {
  /** Votes, changes and retractions that were acknowledged, and are not there; of old votes none may be missing. */
  votes: number;
  /** Ballots on Discord that the store does not know. */
  ballots: number;
  /** Records of members whose deletion was confirmed. */
  cameBack: number;
  /** Questions that were answered once more, since the claim on them was not there. */
  answeredTwice: number;
  /** How long before the crash the oldest of the votes was acknowledged, ms; 0 where none was lost. */
  oldestMs: number;
}

export interface Failover {
  readonly discord: LoopbackDiscord;
  /** All messages of the bot. */
  readonly sent: readonly StoredMessage[];
  readonly crashedAt: number;
}

export class LossCount implements Losses {
  votes = 0;
  ballots = 0;
  cameBack = 0;
  answeredTwice = 0;
  oldestMs = 0;

  /** Counts what `kept` lacks of what the members know, and of what the bot has sent; they know it no longer. */
  async accept(known: KnownVotes, kept: Kept, failover: Failover): Promise<void> {
    const { discord, sent } = failover;
    const unknown = new Set(sent.filter((one) => isBallot(one) && !kept.ballots.has(one.id)));
    for (const ballot of known.ballots) {
      if (!kept.ballots.has(ballot.message.id)) unknown.add(ballot.message);
      this.#acceptBallot(ballot, known, kept, failover);
    }
    this.ballots += unknown.size;
    for (const message of unknown) discord.remove(message);
  }

  #acceptBallot(
    ballot: WatchedBallot,
    known: KnownVotes,
    kept: Kept,
    { discord, crashedAt }: Failover,
  ): void {
    const record = kept.ballots.get(ballot.message.id);
    const vote = record && voteOf(record);
    const key = record && `${record.guildId}:${record.memberId}:${record.comparisonId}`;
    const comparison = key === undefined ? undefined : kept.comparisons.get(key);
    // A reaction that stands and is not counted yet is late, and not lost.
    const isKnown = record !== undefined && [ballot.acknowledged, ...ballot.pending].includes(vote);
    const isWhole = comparison?.outcome === (vote && outcomeOfChoice(vote).outcome);
    if (isKnown && isWhole) return;
    if (ballot.acknowledgedAt !== undefined) {
      this.votes++;
      this.oldestMs = Math.max(this.oldestMs, crashedAt - ballot.acknowledgedAt);
    }
    if (comparison !== undefined) known.retired.set(key!, comparison);
    ballot.voter.ballots.splice(ballot.voter.ballots.indexOf(ballot), 1);
    discord.remove(ballot.message);
  }
}
