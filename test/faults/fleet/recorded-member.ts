/** A member who asks and votes once on each ballot, and whose votes are written into a history. */
import { setTimeout as sleep } from "node:timers/promises";
import type { LoopbackDiscord } from "../../support/loopback-discord/loopback-discord.js";
import type { Voter, WatchedBallot } from "../voter.js";
import type { VoteHistory } from "./vote-history.js";

const POLL_MS = 3;
const CHOICES = ["a", "b", "neither"] as const;

interface OpenVote {
  readonly ballot: WatchedBallot;
  readonly end: (ending: "ok" | "info") => void;
}

export class RecordedMember {
  #process: number;
  #open: OpenVote[] = [];

  constructor(
    readonly voter: Voter,
    private readonly history: VoteHistory,
    private readonly discord: LoopbackDiscord,
  ) {
    this.#process = history.newProcess();
  }

  /** Goes on until `signal`. */
  async act(signal: AbortSignal): Promise<void> {
    for (let at = 0; !signal.aborted; at++) {
      await sleep(POLL_MS);
      const ballot = this.#waiting ?? (await this.voter.ask(this.voter.patient(signal)));
      if (ballot === undefined) continue;
      await this.#vote(ballot, CHOICES[at % CHOICES.length]!, this.voter.patient(signal));
    }
  }

  /** Once everything is right: what nobody has acknowledged is known now, or stays unknown. */
  settle(): void {
    for (const { ballot, end } of this.#open.splice(0)) {
      if (ballot.acknowledged !== undefined) end("ok");
      else {
        end("info");
        this.discord.remove(ballot.message);
        const { ballots } = this.voter;
        // A failover may have lost it, and then it was left out before.
        if (ballots.includes(ballot)) ballots.splice(ballots.indexOf(ballot), 1);
      }
    }
  }

  /** A ballot that came while nobody waited for it. */
  get #waiting(): WatchedBallot | undefined {
    return this.voter.ballots.find(
      ({ acknowledged, history }) => acknowledged === undefined && history.length === 0,
    );
  }

  async #vote(
    ballot: WatchedBallot,
    choice: (typeof CHOICES)[number],
    signal: AbortSignal,
  ): Promise<void> {
    const end = this.history.voting(this.#process, this.voter.user.id, ballot.message);
    await this.voter.vote(ballot, choice, signal);
    if (ballot.acknowledged === choice) return end("ok");
    this.#open.push({ ballot, end });
    this.#process = this.history.newProcess();
  }
}
