/**
 * Votes on ballots: cast, changed, taken back. The last of the member's standing choices is the
 * vote. Knows no Discord: a choice comes in, and the ballot as it now stands goes out.
 */
import AsyncLock from "async-lock";
import type { Clock } from "../shared/time.js";
import { untilUnchanged } from "../store/change-record.js";
import { allOf, type Condition } from "../store/condition.js";
import type { BallotRecord, Choice, ComparisonRecord, MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";
import { OvertakenError, type Unchanged } from "../store/unchanged.js";
import { unlessStoreIsDown } from "../store/unless-store-is-down.js";
import type { Ballots, BallotsWhere } from "./ballots.js";
import { afterChanges, CHOICES, type ChoiceChange, outcomeOfChoice } from "./choices.js";
import type { Allowance, ComparisonStore } from "./learning.js";
import type { Questions } from "./questions.js";

const CLOSED_AT_ONCE = 100;

export interface VotesParts {
  readonly ballots: Ballots;
  readonly profiles: ComparisonStore;
  readonly consents: Allowance;
  readonly questions: Questions;
  readonly writeTogether: Store["writeTogether"];
  readonly clock: Clock;
  /** Called after every vote that is stored or taken back. */
  readonly onVote?: (change: VoteChange) => void;
}

export type VoteChange = "cast" | "changed" | "withdrawn";

/** The vote as it stands; none while the question is open. */
export function voteOf(ballot: BallotRecord): Choice | undefined {
  return ballot.choices.at(-1);
}

type Permits = Readonly<Record<"learning" | "record", Condition>>;

type NextChoices = (
  choices: readonly Choice[],
  tapped: Choice | undefined,
) => readonly Choice[] | Promise<readonly Choice[]>;

export class Votes {
  // As many may wait as there are: a limit here would lose votes.
  readonly #lock = new AsyncLock({ maxPending: Number.POSITIVE_INFINITY });

  constructor(private readonly parts: VotesParts) {}

  /**
   * Adds a choice of `memberId`. Returns the ballot as it is once the comparison is stored and the
   * weights are updated, its texts as they are stored; undefined if there is nothing to do: the ballot
   * is unknown, expired or somebody else's, its member has not consented, or the choice already stands.
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

  /** Adds and takes back choices in the order of `changes`, stored once. Returns as {@link cast}. */
  follow(
    messageId: string,
    memberId: string,
    changes: readonly ChoiceChange[],
  ): Promise<BallotRecord | undefined> {
    return this.#change(messageId, memberId, (choices) => afterChanges(choices, changes));
  }

  /** Takes every choice back. Returns as {@link cast}. */
  withdrawAll(messageId: string, memberId: string): Promise<BallotRecord | undefined> {
    return this.#change(messageId, memberId, () => []);
  }

  /**
   * Brings the ballot in line with the reactions that stand now, after the bot was away. The order
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

  /**
   * Runs `action` on the ballot as it stands, its texts as they are stored, alone among the votes on it;
   * again if another process has changed it before `action` has, so that it writes once, at its end.
   */
  withBallot(
    messageId: string,
    action: (ballot: BallotRecord, seen: Unchanged) => Promise<void>,
  ): Promise<void> {
    return this.#alone(messageId, async () => {
      const { value: ballot, unchanged } = await this.parts.ballots.read(messageId);
      if (ballot !== undefined) await action(ballot, unchanged);
    });
  }

  /** Deletes ballots whose messages are gone, each alone among the votes on it: none is put back. */
  async close(...messageIds: readonly string[]): Promise<void> {
    const close = (id: string) => this.#lock.acquire(id, () => this.parts.ballots.close(id));
    await Promise.all(messageIds.map(close));
  }

  /** As {@link close}, for all such ballots. */
  async closeWhere(where: BallotsWhere): Promise<void> {
    const messageIds = await this.parts.ballots.ids(where);
    for (let first = 0; first < messageIds.length; first += CLOSED_AT_ONCE) {
      await this.close(...messageIds.slice(first, first + CLOSED_AT_ONCE));
    }
  }

  async #change(
    messageId: string,
    memberId: string,
    next: NextChoices,
    tapping?: Choice,
  ): Promise<BallotRecord | undefined> {
    let permits: Permits | undefined;
    return this.#alone(messageId, async () => {
      const { value: ballot, unchanged } = await this.parts.ballots.read(messageId);
      if (ballot === undefined || ballot.memberId !== memberId) return undefined;
      // Those of the first time: what was begun before a deletion leaves nothing after it.
      permits ??= this.#permits(ballot);
      const { tapped: before, ...untapped } = ballot;
      const choices = await next(ballot.choices, before);
      if (sameChoices(choices, ballot.choices)) return undefined;
      const tapped = tapping ?? before;
      const keepsTap = tapped !== undefined && choices.includes(tapped);
      const changed: BallotRecord = { ...untapped, choices, ...(keepsTap && { tapped }) };
      // Without consent a vote can only be taken back.
      const permit = permits[voteOf(changed) === undefined ? "record" : "learning"];
      const isNews = voteOf(changed) !== voteOf(ballot);
      if (!(await this.#store(messageId, changed, isNews, allOf(permit, unchanged)))) {
        if (unchanged.failed) throw new OvertakenError();
        await this.parts.ballots.dropTexts(messageId);
        return undefined;
      }
      this.#report(voteOf(ballot), voteOf(changed));
      // What a member asks for by themselves is no question.
      if (ballot.source === "another") return changed;
      const { questions } = this.parts;
      // The vote is stored; when the next question may come is of less weight.
      const unvoted = voteOf(changed) === undefined;
      await unlessStoreIsDown(questions[unvoted ? "reopened" : "closed"](ballot, messageId));
      return changed;
    });
  }

  /** Alone among the votes on the ballot here; again where another process comes between. */
  #alone<Result>(messageId: string, action: () => Promise<Result>): Promise<Result> {
    return this.#lock.acquire(messageId, () => untilUnchanged(action));
  }

  #permits(member: MemberKey): Permits {
    const { consents } = this.parts;
    return {
      learning: consents.permit(member, "learning"),
      record: consents.permit(member, "record"),
    };
  }

  #report(before: Choice | undefined, after: Choice | undefined): void {
    if (before === after) return;
    const change = after === undefined ? "withdrawn" : before === undefined ? "cast" : "changed";
    this.parts.onVote?.(change);
  }

  /**
   * Together with the comparison if it `isNews`, all or nothing: a ballot may only show the vote that
   * is stored. False if `condition` does not hold.
   */
  async #store(
    messageId: string,
    ballot: BallotRecord,
    isNews: boolean,
    condition: Condition,
  ): Promise<boolean> {
    const { ballots, profiles } = this.parts;
    const putting = ballots.putting(messageId, ballot);
    if (!isNews) return this.parts.writeTogether([putting], condition);
    const { comparisonId } = ballot;
    const vote = voteOf(ballot);
    const record = vote === undefined ? {} : { record: this.#comparison(ballot, vote) };
    return profiles.changeComparison(ballot, { comparisonId, ...record }, condition, [putting]);
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
