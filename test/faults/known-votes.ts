/**
 * What the members of a run know of their ballots, settled against the store each time the bot has come to
 * rest. Knows neither processes nor engines.
 */
import type { ComparisonRecord } from "../../src/store/records.js";
import type { Store } from "../../src/store/store.js";
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { StoredMessage } from "../support/loopback-discord/world.js";
import { isBallot } from "../support/running-bot.js";
import { readKept } from "./kept-votes.js";
import type { Voter, WatchedBallot } from "./voter.js";

/** A ballot that is older leaves its channel, so that a restart has not ever more to catch up with. */
const BALLOTS_KEPT = 5;

export class KnownVotes {
  /** Members' last acts that a fault came before, and how many of them counted after all. */
  interrupted = 0;
  interruptedAndKept = 0;
  /** Votes that the members here have nothing to do with any more. */
  readonly retired = new Map<string, ComparisonRecord>();
  #planted = 0;

  private constructor(
    private readonly voters: readonly Voter[],
    private readonly discord: LoopbackDiscord,
    private readonly store: Store,
  ) {}

  /** What the store holds already belongs to nobody here. */
  static async begin(
    voters: readonly Voter[],
    discord: LoopbackDiscord,
    store: Store,
  ): Promise<KnownVotes> {
    const known = new KnownVotes(voters, discord, store);
    for (const [key, vote] of (await readKept(store)).comparisons) known.retired.set(key, vote);
    known.#planted = known.retired.size;
    return known;
  }

  get ballots(): WatchedBallot[] {
    return this.voters.flatMap(({ ballots }) => ballots);
  }

  /** How many ballots there were, those that are closed among them. */
  get count(): number {
    return this.retired.size - this.#planted + this.ballots.length;
  }

  /** How many votes, changes and retractions were acknowledged. */
  get acknowledged(): number {
    return this.voters.reduce((total, { acknowledgements }) => total + acknowledgements, 0);
  }

  /** Takes note of ballots that came while nobody watched, and of those that were taken away; `sent` stands on Discord. */
  watch(sent: readonly StoredMessage[]): void {
    for (const { ballots } of this.voters) dropWithdrawn(ballots, new Set(sent));
    const watched = new Set(this.ballots.map(({ message }) => message));
    for (const message of sent) {
      if (!isBallot(message) || watched.has(message)) continue;
      const author = this.discord.world.messages.get(message.repliesTo!)?.author;
      this.voters.find(({ user }) => user === author)?.watch(message);
    }
  }

  /** Once everything is right: what the store shows is what the members know from now on. */
  async settle(): Promise<void> {
    for (const ballot of this.ballots) {
      if (ballot.pending.length === 0) continue;
      const shown = (await this.store.ballots.get(ballot.message.id))!.shown;
      this.interrupted++;
      if (shown === ballot.pending.at(-1)) this.interruptedAndKept++;
      ballot.history.push(`after a fault ${shown ?? "nothing"}`);
      ballot.acknowledged = shown;
      ballot.acknowledgedAt = Date.now();
      ballot.pending = [];
    }
    for (const voter of this.voters) await this.#retire(voter);
  }

  /** Deletes the messages of old ballots, as moderators do: their votes stay. */
  async #retire({ ballots }: Voter): Promise<void> {
    for (const { message } of ballots.splice(0, ballots.length - BALLOTS_KEPT)) {
      const { guildId, memberId, comparisonId } = (await this.store.ballots.get(message.id))!;
      const key = `${guildId}:${memberId}:${comparisonId}`;
      const comparison = await this.store.comparisons.get(key);
      if (comparison !== undefined) this.retired.set(key, comparison);
      this.discord.remove(message);
    }
  }
}

/** A ballot that can't be stored is taken away again; whoever has voted on it meanwhile was told nothing. */
function dropWithdrawn(ballots: WatchedBallot[], standing: ReadonlySet<StoredMessage>): void {
  for (const ballot of ballots.filter(({ message }) => !standing.has(message))) {
    if (ballot.acknowledgedAt === undefined) ballots.splice(ballots.indexOf(ballot), 1);
  }
}
