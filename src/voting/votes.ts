/**
 * Votes on ballots: cast, changed, taken back. The last of the member's standing choices is the
 * vote. Knows no Discord: a choice comes in, and the ballot as it now stands goes out.
 */
import AsyncLock from "async-lock";
import type { Clock } from "../clock.js";
import type { Consents } from "../consent/consents.js";
import type { Profiles } from "../profiles/profiles.js";
import { comparisonKey } from "../storage/keys.js";
import type { BallotRecord, Choice, ComparisonRecord } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";
import type { Ballots } from "./ballots.js";
import { CHOICES, outcomeOfChoice } from "./choices.js";
import type { Questions } from "./questions.js";

export interface VotesParts {
  readonly ballots: Ballots;
  readonly comparisons: Repository<ComparisonRecord>;
  readonly profiles: Profiles;
  readonly consents: Consents;
  readonly questions: Questions;
  readonly clock: Clock;
  /** Hears of every vote that is stored or taken back. */
  readonly onVote?: (change: VoteChange) => void;
}

export type VoteChange = "cast" | "changed" | "withdrawn";

/** The vote as it stands; none while the question is open. */
export function voteOf(ballot: BallotRecord): Choice | undefined {
  return ballot.choices.at(-1);
}

type NextChoices = (
  choices: readonly Choice[],
  tapped: Choice | undefined,
) => readonly Choice[] | Promise<readonly Choice[]>;

export class Votes {
  readonly #lock = new AsyncLock();

  constructor(private readonly parts: VotesParts) {}

  /**
   * Adds a choice of `memberId`. Returns the ballot afterwards, once the comparison is stored and
   * the weights are updated; undefined where there is nothing to do: no such ballot, expired,
   * somebody else's, of somebody who has not consented, or a choice that already stands.
   */
  cast(messageId: string, memberId: string, choice: Choice): Promise<BallotRecord | undefined> {
    return this.#change(messageId, memberId, (choices) =>
      choices.includes(choice) ? choices : [...choices, choice],
    );
  }

  /** As {@link cast}, by a button: the choice replaces the one that was tapped before. */
  tap(messageId: string, memberId: string, choice: Choice): Promise<BallotRecord | undefined> {
    return this.#change(
      messageId,
      memberId,
      (choices, tapped) => [
        ...choices.filter((standing) => standing !== choice && standing !== tapped),
        choice,
      ],
      choice,
    );
  }

  /** Takes a choice back; an older one that still stands becomes the vote. Returns as {@link cast}. */
  withdraw(messageId: string, memberId: string, choice: Choice): Promise<BallotRecord | undefined> {
    return this.#change(messageId, memberId, (choices) =>
      choices.filter((standing) => standing !== choice),
    );
  }

  /** Takes every choice back. Returns as {@link cast}. */
  withdrawAll(messageId: string, memberId: string): Promise<BallotRecord | undefined> {
    return this.#change(messageId, memberId, () => []);
  }

  /**
   * Brings the ballot in line with the reactions that stand now, after a time of absence. The order
   * of new ones is not known: they count in the order of the reactions. What was tapped stays.
   * `lookUp` runs alone among the votes on the ballot, so that a reaction that comes meanwhile is
   * counted after it; undefined changes nothing. Returns as {@link cast}.
   */
  reconcile(
    messageId: string,
    memberId: string,
    lookUp: () => Promise<ReadonlySet<Choice> | undefined>,
  ): Promise<BallotRecord | undefined> {
    return this.#change(messageId, memberId, async (choices, tapped) => {
      const standing = await lookUp();
      if (standing === undefined) return choices;
      return [
        ...choices.filter((choice) => standing.has(choice) || choice === tapped),
        ...CHOICES.filter((choice) => standing.has(choice) && !choices.includes(choice)),
      ];
    });
  }

  /** Runs `action` on the ballot as it stands, alone among the votes on it. */
  withBallot(messageId: string, action: (ballot: BallotRecord) => Promise<void>): Promise<void> {
    return this.#lock.acquire(messageId, async () => {
      const ballot = await this.parts.ballots.get(messageId);
      if (ballot !== undefined) await action(ballot);
    });
  }

  async #change(
    messageId: string,
    memberId: string,
    next: NextChoices,
    tapping?: Choice,
  ): Promise<BallotRecord | undefined> {
    return this.#lock.acquire(messageId, async () => {
      const ballot = await this.parts.ballots.get(messageId);
      if (ballot === undefined || ballot.memberId !== memberId) return undefined;
      const { tapped: before, ...untapped } = ballot;
      const choices = await next(ballot.choices, before);
      if (sameChoices(choices, ballot.choices)) return undefined;
      const tapped = tapping ?? before;
      const keepsTap = tapped !== undefined && choices.includes(tapped);
      const changed: BallotRecord = { ...untapped, choices, ...(keepsTap && { tapped }) };
      // Without consent a vote can only be taken back.
      if (voteOf(changed) !== undefined && !(await this.parts.consents.mayLearn(ballot))) {
        return undefined;
      }
      // The comparison first: a ballot may only claim a vote that is safely stored.
      if (voteOf(changed) !== voteOf(ballot)) await this.#store(changed);
      await this.parts.ballots.put(messageId, changed);
      this.#tell(voteOf(ballot), voteOf(changed));
      const { questions } = this.parts;
      if (voteOf(changed) === undefined) await questions.reopened(ballot, messageId);
      else await questions.closed(ballot, messageId);
      return changed;
    });
  }

  #tell(before: Choice | undefined, after: Choice | undefined): void {
    if (before === after) return;
    const change = after === undefined ? "withdrawn" : before === undefined ? "cast" : "changed";
    this.parts.onVote?.(change);
  }

  async #store(ballot: BallotRecord): Promise<void> {
    const key = comparisonKey(ballot, ballot.comparisonId);
    const vote = voteOf(ballot);
    await this.parts.profiles.changeComparisons(ballot, async () => {
      if (vote === undefined) await this.parts.comparisons.delete(key);
      else await this.parts.comparisons.set(key, this.#comparison(ballot, vote));
    });
  }

  #comparison(ballot: BallotRecord, vote: Choice): ComparisonRecord {
    const [a, b] = ballot.candidates;
    return {
      a: a.features,
      b: b.features,
      ...outcomeOfChoice(vote),
      encoder: ballot.encoder,
      firstShown: "a",
      source: ballot.source,
      trains: ballot.trains,
      at: this.parts.clock(),
    };
  }
}

function sameChoices(first: readonly Choice[], second: readonly Choice[]): boolean {
  return first.length === second.length && first.every((choice, at) => choice === second[at]);
}
